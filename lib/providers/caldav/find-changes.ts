import { heldUpTo, massDeleteBrake } from "../../queue/brake";
import type { PullRequest } from "../port";
import { type ChangeMarker, cursorOf, markerOf, NO_MARKER, readMarkers } from "./change-markers";
import { sameKey } from "./hrefs";
import { type KnownByKey, type KnownObjects, knownObjects } from "./known-objects";
import { type Listing, listObjects } from "./listing";
import type { DavSession } from "./session";
import { type Delta, mayBeEverything, readDelta } from "./sync-collection";

/**
 * How a calendar differs from what is stored. `cursor` names the state that was found, or an earlier one; null
 * where it is not known, which makes the next run compare everything. `known` holds what is stored, as far as it
 * takes to tell: everything beside a listing, what is named beside a delta.
 */
export type Changes = { known: KnownByKey } & (
  | { kind: "none"; cursor: string }
  /** Everything there is: what is missing in it was deleted, if it is complete. */
  | { kind: "listing"; listing: Listing; cursor: string | null }
  /** Changes and deletions, each reported by the server itself. */
  | { kind: "delta"; delta: Delta; cursor: string }
);

/**
 * Finds out in the cheapest way that the calendar offers: one request where nothing has changed. Whatever casts
 * doubt on a cursor ends in a listing, in this very run. Rejects with a {@link DavFailure} when the calendar cannot
 * be listed.
 */
export async function findChanges(
  session: DavSession,
  calendar: URL,
  { mode, cursor, known: resources }: Pick<PullRequest, "mode" | "cursor" | "known">,
): Promise<Changes> {
  const known = knownObjects(resources);
  const last = mode === "full" ? null : markerOf(cursor);
  switch (last?.kind) {
    case "sync-token":
      return await sinceToken(session, calendar, last, known);
    case "ctag": {
      const markers = await readMarkers(session, calendar);
      const now = markers?.find(({ kind }) => kind === "ctag");
      if (now?.value === last.value) return { kind: "none", known: new Map(), cursor: cursorOf(last) };
      return await compared(session, calendar, known, markers);
    }
    case "etags":
      return await compared(session, calendar, known, []);
    case undefined:
      return await compared(session, calendar, known, await readMarkers(session, calendar));
  }
}

async function sinceToken(
  session: DavSession,
  calendar: URL,
  last: ChangeMarker,
  known: KnownObjects,
): Promise<Changes> {
  const delta = await readDelta(session, calendar, last.value);
  if (delta === null) {
    const markers = await readMarkers(session, calendar);
    // A server that refuses the token it gives would do so every time.
    const others = markers?.filter(({ kind, value }) => kind !== last.kind || value !== last.value) ?? null;
    return await compared(session, calendar, known, others);
  }
  const token: ChangeMarker = { kind: "sync-token", value: delta.token };
  const named = await known.some([...delta.changed.map(({ href }) => href), ...delta.removed]);
  const isDoubtful = (await mayBeEverything(delta, last.value, named, known)) || (await deletesTooMuch(delta, named, known));
  if (isDoubtful) return await compared(session, calendar, known, [token]);
  return { kind: "delta", delta, known: named, cursor: cursorOf(token) };
}

/**
 * Whether a report deletes so much that a person has to be asked: the mass-delete brake looks at listings, and a
 * server that lost its storage reports the loss as so many deletions.
 */
async function deletesTooMuch({ removed }: Delta, named: KnownByKey, known: KnownObjects): Promise<boolean> {
  const deletions = removed.filter((href) => named.has(sameKey(href))).length;
  const most = heldUpTo(deletions);
  if (most === 0) return false;
  const stored = await known.count(most + 1);
  return massDeleteBrake({ known: stored, listed: stored - deletions, deletions }).kind === "hold";
}

/** Lists the calendar after its markers were read: what changes in between is found twice, and never missed. */
async function compared(
  session: DavSession,
  calendar: URL,
  known: KnownObjects,
  markers: readonly ChangeMarker[] | null,
): Promise<Changes> {
  const listing = await listObjects(session, calendar);
  const cursor = markers === null || !listing.complete ? null : cursorOf(markers[0] ?? NO_MARKER);
  return { kind: "listing", listing, known: await known.all(), cursor };
}
