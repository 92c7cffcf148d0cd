import { DavFailure } from "./dav-failure";
import { childNames, textOf } from "./dav-xml";
import { pathOf, sameKey } from "./hrefs";
import { type DavSession, type Multistatus, NAMESPACES } from "./session";

export interface ListedObject {
  /** Path chosen by the server: the object's remoteId. */
  href: string;
  /** Empty where the server gives none: then every reading counts as a change. */
  etag: string;
}

export interface Listing {
  /** Ordered by href. */
  objects: ListedObject[];
  /** False when the server cut the list short (RFC 4918 §11.5): absence then means nothing. */
  complete: boolean;
}

/**
 * Every event object of a calendar with its etag, in one request: a `calendar-query` for VEVENT (RFC 4791 §7.8),
 * or a PROPFIND where the server does not know the query. Rejects with a {@link DavFailure}.
 */
export async function listObjects(session: DavSession, calendar: URL): Promise<Listing> {
  try {
    return listingOf(await session.report(calendar, EVENT_QUERY, "1"), calendar);
  } catch (error) {
    if (!(error instanceof DavFailure) || !QUERY_REFUSED.has(error.status ?? 0)) throw error;
    return listingOf(await session.propfind(calendar, ["d:getetag", "d:getcontenttype", "d:resourcetype"], "1"), calendar);
  }
}

const QUERY_REFUSED: ReadonlySet<number> = new Set([400, 403, 405, 415, 422, 501]);

const EVENT_QUERY = {
  "c:calendar-query": {
    _attributes: NAMESPACES,
    "d:prop": { "d:getetag": {} },
    "c:filter": {
      "c:comp-filter": { _attributes: { name: "VCALENDAR" }, "c:comp-filter": { _attributes: { name: "VEVENT" } } },
    },
  },
};

function listingOf({ url, rows }: Multistatus, calendar: URL): Listing {
  const self = sameKey(calendar.pathname.replace(/\/?$/, "/"));
  const objects = new Map<string, ListedObject>();
  let complete = true;
  for (const row of rows) {
    const href = pathOf(row.href, url);
    if (href === null) continue;
    const isSelf = sameKey(href.replace(/\/?$/, "/")) === self;
    if (isSelf && row.status === 507) complete = false;
    if (isSelf || href.endsWith("/") || row.status >= 400 || !mayBeEvent(row.props)) continue;
    objects.set(sameKey(href), { href, etag: textOf(row.props["getetag"])?.trim() ?? "" });
  }
  const ordered = [...objects.values()].sort((a, b) => (a.href < b.href ? -1 : a.href > b.href ? 1 : 0));
  return { objects: ordered, complete };
}

/** Only a PROPFIND answers these properties; a query has already left everything else out. */
function mayBeEvent(props: Readonly<Record<string, unknown>>): boolean {
  if (childNames(props["resourcetype"]).includes("collection")) return false;
  const type = textOf(props["getcontenttype"])?.toLowerCase() ?? "";
  return !/component=v?(todo|journal|freebusy)/.test(type);
}
