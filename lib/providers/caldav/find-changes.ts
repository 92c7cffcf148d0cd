import { massDeleteBrake } from "../../queue/brake";
import type { PullRequest } from "../port";
import { type ChangeMarker, cursorOf, markerOf, NO_MARKER, readMarkers } from "./change-markers";
import { sameKey } from "./hrefs";
import { type Listing, listObjects } from "./listing";
import type { DavSession } from "./session";
import { type Delta, mayBeEverything, readDelta } from "./sync-collection";

/**
 * How a calendar differs from what is stored. `cursor` names the state that was found, or an earlier one; null
 * where it is not known, which makes the next run compare everything.
 */
export type Changes =
  | { kind: "none"; cursor: string }
  /** Everything there is: what is missing in it was deleted, if it is complete. */
  | { kind: "listing"; listing: Listing; cursor: string | null }
  /** Changes and deletions, each reported by the server itself. */
  | { kind: "delta"; delta: Delta; cursor: string };

/**
 * Finds out in the cheapest way that the calendar offers: one request where nothing has changed. Whatever casts
 * doubt on a cursor ends in a listing, in this very run. Rejects with a {@link DavFailure} when the calendar cannot
 * be listed.
 */
export async function findChanges(
  session: DavSession,
  calendar: URL,
  { mode, cursor, known }: Pick<PullRequest, "mode" | "cursor" | "known">,
): Promise<Changes> {
  const last = mode === "full" ? null : markerOf(cursor);
  switch (last?.kind) {
    case "sync-token":
      return await sinceToken(session, calendar, last, known);
    case "ctag": {
      const markers = await readMarkers(session, calendar);
      const now = markers?.find(({ kind }) => kind === "ctag");
      if (now?.value === last.value) return { kind: "none", cursor: cursorOf(last) };
      return await compared(session, calendar, markers);
    }
    case "etags":
      return await compared(session, calendar, []);
    case undefined:
      return await compared(session, calendar, await readMarkers(session, calendar));
  }
}

async function sinceToken(
  session: DavSession,
  calendar: URL,
  last: ChangeMarker,
  known: ReadonlyMap<string, string>,
): Promise<Changes> {
  const delta = await readDelta(session, calendar, last.value);
  if (delta === null) {
    const markers = await readMarkers(session, calendar);
    // A server that refuses the token it gives would do so every time.
    const others = markers?.filter(({ kind, value }) => kind !== last.kind || value !== last.value) ?? null;
    return await compared(session, calendar, others);
  }
  const token: ChangeMarker = { kind: "sync-token", value: delta.token };
  if (mayBeEverything(delta, last.value, known) || deletesTooMuch(delta, known)) return await compared(session, calendar, [token]);
  return { kind: "delta", delta, cursor: cursorOf(token) };
}

/**
 * Whether a report deletes so much that a person has to be asked: the mass-delete brake looks at listings, and a
 * server that lost its storage reports the loss as so many deletions.
 */
function deletesTooMuch({ removed }: Delta, known: ReadonlyMap<string, string>): boolean {
  const stored = new Set([...known.keys()].map(sameKey));
  const deletions = removed.filter((href) => stored.has(sameKey(href))).length;
  return massDeleteBrake({ known: known.size, listed: known.size - deletions, deletions }).kind === "hold";
}

/** Lists the calendar after its markers were read: what changes in between is found twice, and never missed. */
async function compared(session: DavSession, calendar: URL, markers: readonly ChangeMarker[] | null): Promise<Changes> {
  const listing = await listObjects(session, calendar);
  const cursor = markers === null || !listing.complete ? null : cursorOf(markers[0] ?? NO_MARKER);
  return { kind: "listing", listing, cursor };
}
