import type { PullPage, PullRequest, PullResult, RemoteChange } from "../port";
import { DavFailure, toProviderFailure } from "./dav-failure";
import { sameKey } from "./hrefs";
import { type ListedObject, type Listing, listObjects } from "./listing";
import { type FetchedObject, ObjectReader } from "./multiget";
import type { DavSession } from "./session";
import { transformCalendarObject } from "./transform";

/**
 * Reads one calendar: list etags, read what is wanted in pages ordered by href, report deletions last.
 *
 * A `pageToken` is `read <href>` or `deleted <href>`: everything up to that href is done. A resumed `full` run
 * goes on after it, and looks again at earlier objects that are not known with their present etag.
 */
export async function* pullCalendar(session: DavSession, request: PullRequest): AsyncGenerator<PullResult, void, void> {
  const calendar = new URL(request.calendarRemoteId);
  const reader = new ObjectReader(session, calendar);
  try {
    const listing = await listObjects(session, calendar).catch((error: unknown) => toFailure(error));
    if (!(listing instanceof DavFailure)) yield* pagesOf(reader, request, listing);
    else if (listing.code === "calendar_gone") yield { kind: "gone" };
    else if (listing.code === "server_error" && request.known.size > 0) yield* knownOnly(reader, request, listing);
    else yield toProviderFailure(listing);
  } catch (error) {
    yield toProviderFailure(toFailure(error));
  }
}

function toFailure(error: unknown): DavFailure {
  if (error instanceof DavFailure) return error;
  throw error;
}

async function* pagesOf(reader: ObjectReader, request: PullRequest, listing: Listing): AsyncGenerator<PullPage, void, void> {
  const stand = standOf(request.pageToken);
  const known = byKey(request.known);
  const isChanged = ({ href, etag }: ListedObject) => etag === "" || known.get(sameKey(href))?.etag !== etag;
  const behind = (object: ListedObject) => stand !== null && (stand.phase === "deleted" || object.href <= stand.href);

  const again = listing.objects.filter((object) => behind(object) && isChanged(object));
  const ahead = listing.objects.filter((object) => !behind(object) && (request.mode === "full" || isChanged(object)));
  const listed = new Set(listing.objects.map(({ href }) => sameKey(href)));
  const deletions = listing.complete ? [...known].filter(([key]) => !listed.has(key)).map(([, { remoteId }]) => remoteId) : [];
  deletions.sort();

  const plans = [
    ...inPages(again, request.pageSize).map((objects) => ({ objects, deleted: [] as string[], token: request.pageToken ?? "" })),
    ...inPages(ahead, request.pageSize).map((objects) => ({ objects, deleted: [] as string[], token: `read ${objects.at(-1)?.href ?? ""}` })),
    ...inPages(deletions, request.pageSize).map((deleted) => ({ objects: [], deleted, token: `deleted ${deleted.at(-1) ?? ""}` })),
  ];
  if (plans.length === 0) plans.push({ objects: [], deleted: [], token: request.pageToken ?? "read " });
  const size = listing.complete ? listing.objects.length : null;
  for (const [index, { objects, deleted, token }] of plans.entries()) {
    yield {
      kind: "page",
      changes: [...(await upserts(reader, objects)), ...deleted.map((remoteId) => ({ kind: "deleted", remoteId }) as const)],
      pageToken: token,
      cursor: null,
      last: index === plans.length - 1,
      total: request.mode === "full" ? size : again.length + ahead.length,
      listed: size,
      deletions: deletions.length,
    };
  }
}

/**
 * The server cannot list the calendar, as some cannot when one object in it is broken. Objects that are already
 * known are still kept up to date; then the run ends with the failure, so that somebody learns of it.
 */
async function* knownOnly(reader: ObjectReader, request: PullRequest, failure: DavFailure): AsyncGenerator<PullResult, void, void> {
  let answered = false;
  for (const remoteIds of inPages([...request.known.keys()].sort(), request.pageSize)) {
    const etags = await reader.read(remoteIds, "etags");
    const changed = [...etags].flatMap(([href, object]): ListedObject[] => {
      if (object.kind !== "found") return [];
      answered = true;
      return object.etag !== request.known.get(href) ? [{ href, etag: object.etag }] : [];
    });
    if (changed.length === 0) continue;
    const changes = await upserts(reader, changed);
    const pageToken = request.pageToken ?? "read ";
    yield { kind: "page", changes, pageToken, cursor: null, last: false, total: null, listed: null, deletions: null };
  }
  const code = answered ? "listing_failed" : failure.code;
  yield toProviderFailure(new DavFailure(code, failure.host, failure.status, failure.retryAfterMs));
}

async function upserts(reader: ObjectReader, objects: readonly ListedObject[]): Promise<RemoteChange[]> {
  const fetched = await reader.read(objects.map(({ href }) => href), "objects");
  return objects.flatMap(({ href, etag }) => changeOf(href, etag, fetched.get(href)) ?? []);
}

/** Null when there is nothing to say this time: it vanished since the listing, or it is not an event. */
function changeOf(href: string, listedEtag: string, object: FetchedObject | undefined): RemoteChange | null {
  if (object === undefined || object.kind === "absent") return null;
  if (object.kind === "failed") {
    return { kind: "unreadable", remoteId: href, etag: listedEtag, reason: `The server cannot deliver it. ${object.failure.message}` };
  }
  // The etag that came with the body: it may have changed since the listing.
  const etag = object.etag === "" ? listedEtag : object.etag;
  const content = transformCalendarObject(object.text ?? "");
  switch (content.kind) {
    case "event":
      return { kind: "upsert", remoteId: href, etag, iCalUID: content.iCalUID, events: content.events };
    case "unreadable":
      return { kind: "unreadable", remoteId: href, etag, reason: content.reason };
    case "notAnEvent":
      return null;
  }
}

function standOf(pageToken: string | null): { phase: "read" | "deleted"; href: string } | null {
  const match = /^(read|deleted) (.*)$/s.exec(pageToken ?? "");
  return match === null ? null : { phase: match[1] === "deleted" ? "deleted" : "read", href: match[2] ?? "" };
}

function byKey(known: ReadonlyMap<string, string>): Map<string, { remoteId: string; etag: string }> {
  return new Map([...known].map(([remoteId, etag]) => [sameKey(remoteId), { remoteId, etag }]));
}

function inPages<T>(items: readonly T[], size: number): T[][] {
  const step = Math.max(1, size);
  return Array.from({ length: Math.ceil(items.length / step) }, (_, page) => items.slice(page * step, (page + 1) * step));
}
