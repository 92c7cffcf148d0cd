import { CallRefused } from "../outgoing-calls";
import type { PullPage, PullRequest, PullResult } from "../port";
import { DavFailure, toProviderFailure } from "./dav-failure";
import { type Changes, findChanges } from "./find-changes";
import { sameKey } from "./hrefs";
import { pullKnownOnly } from "./known-only";
import { ObjectReader } from "./multiget";
import { type ObjectChanges, readChanges } from "./object-changes";
import { planPages } from "./page-plan";
import type { DavSession } from "./session";

/**
 * Reads one calendar: find out what changed, read it page by page, report deletions last. A cursor that the server
 * no longer takes never ends a run: the calendar is compared with what is known instead, deletions included.
 */
export async function* pullCalendar(session: DavSession, request: PullRequest): AsyncGenerator<PullResult, void, void> {
  const calendar = new URL(request.calendarRemoteId);
  const reader = new ObjectReader(session, calendar);
  try {
    const changes = await findChanges(session, calendar, request).catch((error: unknown) => toFailure(error));
    if (!(changes instanceof DavFailure)) yield* pagesOf(reader, request, changes);
    else if (changes.code === "calendar_gone") yield { kind: "gone" };
    else if (changes.code === "server_error") yield* pullKnownOnly(reader, request, await listingFailure(session, calendar, changes));
    else yield toProviderFailure(changes);
  } catch (error) {
    yield error instanceof CallRefused ? error.failure : toProviderFailure(toFailure(error));
  }
}

/** A server that still speaks of the calendar itself is not down: it cannot list what is in it. */
async function listingFailure(session: DavSession, calendar: URL, failure: DavFailure): Promise<DavFailure> {
  const answers = await session.propfind(calendar, ["d:resourcetype"], "0").then(() => true, () => false);
  return answers ? new DavFailure("listing_failed", failure.host, failure.status, failure.retryAfterMs) : failure;
}

function toFailure(error: unknown): DavFailure {
  if (error instanceof DavFailure) return error;
  throw error;
}

async function* pagesOf(reader: ObjectReader, request: PullRequest, changes: Changes): AsyncGenerator<PullPage, void, void> {
  const { pages, counts } = planPages(changes, request);
  let { cursor } = changes;
  for (const [index, { objects, deleted, token }] of pages.entries()) {
    const read = await readChanges(reader, objects);
    if (read.silent.some((object) => leavesDoubt(object, changes))) cursor = null;
    const last = index === pages.length - 1;
    yield {
      kind: "page",
      changes: [...read.changes, ...deleted.map((remoteId) => ({ kind: "deleted", remoteId, occurrence: null }) as const)],
      pageToken: token,
      cursor: last ? cursor : null,
      last,
      ...counts,
    };
  }
}

/**
 * Whether a reported object of which nothing was learnt would be lost if the next run went on from the cursor:
 * then it compares everything.
 */
function leavesDoubt({ href, why }: ObjectChanges["silent"][number], { kind, known }: Changes): boolean {
  // Deleted or turned into a task: a listing leaves it out, a server that only reports changes has just done so.
  return why === "notDelivered" || (kind === "delta" && known.has(sameKey(href)));
}
