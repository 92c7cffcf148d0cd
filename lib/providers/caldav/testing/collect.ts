import type { CalendarProvider, PullPage, PullRequest, PullResult, RemoteChange } from "../../port";

/** Runs a pull to its end. */
export async function pullAll(
  provider: CalendarProvider,
  request: Partial<PullRequest> & Pick<PullRequest, "calendarRemoteId">,
): Promise<{ results: PullResult[]; pages: PullPage[]; changes: RemoteChange[]; cursor: string | null }> {
  const results: PullResult[] = [];
  const full: PullRequest = { mode: "full", cursor: null, pageToken: null, known: new Map(), pageSize: 50, ...request };
  for await (const result of provider.pull(full)) results.push(result);
  const pages = results.filter((result) => result.kind === "page");
  return { results, pages, changes: pages.flatMap((page) => page.changes), cursor: pages.at(-1)?.cursor ?? null };
}

/** `remoteId → etag` as a sync run would store it. */
export function knownAfter(changes: readonly RemoteChange[], before: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const known = new Map(before);
  for (const change of changes) {
    if (change.kind === "deleted") known.delete(change.remoteId);
    else known.set(change.remoteId, change.etag);
  }
  return known;
}
