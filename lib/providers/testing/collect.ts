import type { CalendarProvider, PullPage, PullRequest, PullResult, RemoteChange } from "../port";
import { knownOf } from "./known";

/** What a test says of a pull; `known` is what is stored, and `asked` writes down how much of it was read. */
export type Pull = Partial<Omit<PullRequest, "known">> & Pick<PullRequest, "calendarRemoteId"> & { known?: ReadonlyMap<string, string>; asked?: string[] };

/** Runs a pull to its end; a full one unless it says otherwise. */
export async function pullAll(
  provider: CalendarProvider,
  { known, asked, ...request }: Pull,
): Promise<{ results: PullResult[]; pages: PullPage[]; changes: RemoteChange[]; cursor: string | null }> {
  const results: PullResult[] = [];
  const full: PullRequest = { mode: "full", cursor: null, pageToken: null, known: knownOf(known, asked), pageSize: 50, ...request };
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
