import type { RemoteCalendar } from "../port";
import { calendarOfRow, COLLECTION_PROPS } from "./calendar-collection";
import { DavFailure } from "./dav-failure";
import { hrefsOf } from "./dav-xml";
import type { DavSession, Multistatus } from "./session";

export interface Discovered {
  /** The calendar home: from here the calendars can be listed again without discovery. */
  home: URL;
  principal: URL;
  calendars: RemoteCalendar[];
}

/**
 * Finds a user's calendars from any address of the server (RFC 6764 §6, RFC 4791 §6.2): the address itself, then
 * `/.well-known/caldav`, to the principal, to its calendar home. Rejects with a {@link DavFailure}.
 */
export async function discover(session: DavSession, server: URL): Promise<Discovered> {
  const entry = await findEntry(session, server);
  const principal = urlsIn(session, entry, "currentUserPrincipal")[0] ?? entry.url;
  const homes = urlsIn(session, entry, "calendarHomeSet");
  if (homes.length === 0) {
    const about = await session.propfind(principal, ["c:calendar-home-set"], "0");
    homes.push(...urlsIn(session, about, "calendarHomeSet"));
  }
  const [home] = homes;
  if (home === undefined) throw new DavFailure("not_caldav", server.host);
  const calendars: RemoteCalendar[] = [];
  for (const one of homes) calendars.push(...(await listHome(session, one)));
  if (calendars.length === 0) throw new DavFailure("no_calendars", server.host);
  return { home, principal, calendars };
}

/**
 * The calendars in a home, in the server's order. Those that may not be called are left out, and are a failure where
 * there are no others: the password would have to go there.
 */
export async function listHome(session: DavSession, home: URL): Promise<RemoteCalendar[]> {
  const { url, rows } = await session.propfind(home, COLLECTION_PROPS, "1");
  const calendars = rows.flatMap((row) => calendarOfRow(row, url) ?? []);
  const refusals = calendars.map(({ remoteId }) => session.refusalOf(new URL(remoteId)));
  const [first] = refusals;
  if (first && refusals.every((refusal) => refusal !== null)) throw first;
  return calendars.filter((_, index) => refusals[index] === null);
}

/** These say “not here”, so that the next place is tried; anything else is the answer. */
const NOT_HERE: ReadonlySet<string> = new Set(["not_caldav", "calendar_gone", "forbidden"]);

async function findEntry(session: DavSession, server: URL): Promise<Multistatus> {
  const places = [server, new URL("/.well-known/caldav", server)];
  if (server.pathname !== "/") places.push(new URL("/", server));
  let first: DavFailure | null = null;
  for (const place of places) {
    try {
      const entry = await session.propfind(place, ["d:current-user-principal", "c:calendar-home-set"], "0");
      if (["currentUserPrincipal", "calendarHomeSet"].some((name) => urlsIn(session, entry, name).length > 0)) return entry;
    } catch (error) {
      if (!(error instanceof DavFailure) || !NOT_HERE.has(error.code)) throw error;
      first ??= error;
    }
  }
  if (first?.code === "forbidden") throw first;
  throw new DavFailure("not_caldav", server.host, first?.status ?? null);
}

/** The hrefs of a property. One that may not be called, as at another site, is refused: the password would go there. */
function urlsIn(session: DavSession, answer: Multistatus, name: string): URL[] {
  return answer.rows.flatMap((row) => hrefsOf(row.props[name])).map((href) => {
    const url = URL.canParse(href, answer.url) ? new URL(href, answer.url) : null;
    if (url === null) throw new DavFailure("not_caldav", answer.url.host);
    const refusal = session.refusalOf(url);
    if (refusal !== null) throw refusal;
    return url;
  });
}
