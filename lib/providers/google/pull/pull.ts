import type { PullPage, PullRequest, PullResult, RemoteChange } from "../../port";
import type { Refusal } from "../refusal";
import type { GoogleSession } from "../session";
import { changesOf } from "./changes";
import { readPages } from "./read-pages";

/** How many events are asked for at once. */
export interface PageSizes {
  /** At the first import, whose events are to show as they come. */
  first: number;
  /** Where most of what comes is stored already, and calls count: 2,500 is the most that the API takes. */
  later: number;
}

export const PAGE_SIZES: PageSizes = { first: 250, later: 2_500 };

/**
 * Reads one calendar with `events.list`, series and their exceptions as resources of their own. Each of Google's pages
 * is one page, but for the last of a full run that concludes deletions: these come after it in a page of their own.
 */
export function pullCalendar(session: GoogleSession, request: PullRequest, sizes: PageSizes): AsyncGenerator<PullResult, void, void> {
  return request.mode === "full" ? readEverything(session, request, sizes) : readSince(session, request, sizes);
}

/** What changed since the cursor. Google reports each deletion itself. */
async function* readSince(session: GoogleSession, request: PullRequest, { later }: PageSizes): AsyncGenerator<PullResult, void, void> {
  if (request.cursor === null) {
    yield { kind: "cursorExpired" };
    return;
  }
  const query = { calendarId: request.calendarRemoteId, syncToken: request.cursor, maxResults: later };
  for await (const read of readPages(session, { ...query, pageToken: request.pageToken || undefined })) {
    if (read.kind === "stopped") {
      yield resultOf(read.refusal, true);
      return;
    }
    const { changes } = changesOf(read.page);
    yield read.page.next.kind === "page" ? onTheWay(changes, read.page.next.pageToken) : lastPage(changes, read.page.next.syncToken);
  }
}

/**
 * Everything there is. From the beginning to the end of the list, what is stored and not listed was deleted; a run
 * that is resumed has not seen the beginning, and concludes nothing.
 */
async function* readEverything(session: GoogleSession, request: PullRequest, sizes: PageSizes): AsyncGenerator<PullResult, void, void> {
  const resumed = Boolean(request.pageToken);
  // Before the first page: what this run itself adds is not to count.
  const known = resumed ? new Map<string, string>() : await request.known.all();
  const query = { calendarId: request.calendarRemoteId, maxResults: known.size > 0 ? sizes.later : sizes.first };
  const seen = new Set<string>();
  let listed = 0;
  let complete = !resumed;
  for await (const read of readPages(session, { ...query, pageToken: request.pageToken || undefined })) {
    if (read.kind === "stopped") {
      yield resultOf(read.refusal, read.askedWith !== "");
      return;
    }
    const { changes, alive, nameless } = changesOf(read.page);
    for (const { remoteId } of changes) seen.add(remoteId);
    listed += alive;
    complete &&= !nameless;
    if (read.page.next.kind === "page") {
      yield onTheWay(changes, read.page.next.pageToken);
      continue;
    }
    const { syncToken } = read.page.next;
    if (!complete) {
      yield lastPage(changes, syncToken);
      return;
    }
    const gone = [...known.keys()].filter((remoteId) => !seen.has(remoteId));
    if (gone.length === 0) {
      yield { ...lastPage(changes, syncToken), listed, deletions: 0 };
      return;
    }
    // The brake may hold the deletions back, and is to hold nothing else. Resumed after this page, a run reads it again.
    yield onTheWay(changes, read.askedWith);
    const deletions = gone.map((remoteId): RemoteChange => ({ kind: "deleted", remoteId, occurrence: null }));
    yield { ...lastPage(deletions, syncToken), listed, deletions: gone.length };
  }
}

function onTheWay(changes: RemoteChange[], pageToken: string): PullPage {
  return { kind: "page", changes, pageToken, cursor: null, last: false, total: null, listed: null, deletions: null };
}

function lastPage(changes: RemoteChange[], cursor: string): PullPage {
  return { ...onTheWay(changes, ""), cursor, last: true };
}

/**
 * What a refused listing means. A request with a token differs from the very first by that token alone, so that
 * whatever Google has against it (410 as documented, 400 in truth for some) is held against the token.
 */
function resultOf({ status, failure }: Refusal, withToken: boolean): PullResult {
  if (status === 404) return { kind: "gone" };
  if (status === 410 || status === 400) {
    if (withToken) return { kind: "cursorExpired" };
    if (status === 410) return { kind: "gone" };
  }
  return failure;
}
