import type { PullRequest, PullResult } from "../port";
import { DavFailure, toProviderFailure } from "./dav-failure";
import type { ListedObject } from "./listing";
import type { ObjectReader } from "./multiget";
import { readChanges } from "./object-changes";
import { inPages } from "./page-plan";

/**
 * The server cannot list the calendar, as some cannot when one object in it is broken. Objects that are already
 * known are still kept up to date; then the run ends with the failure, so that somebody learns of it.
 */
export async function* pullKnownOnly(
  reader: ObjectReader,
  request: PullRequest,
  failure: DavFailure,
): AsyncGenerator<PullResult, void, void> {
  const known = await request.known.all();
  let answered = false;
  for (const remoteIds of inPages([...known.keys()].sort(), request.pageSize)) {
    const etags = await reader.read(remoteIds, "etags");
    const changed = [...etags].flatMap(([href, object]): ListedObject[] => {
      if (object.kind !== "found") return [];
      answered = true;
      return object.etag !== known.get(href) ? [{ href, etag: object.etag }] : [];
    });
    if (changed.length === 0) continue;
    const { changes } = await readChanges(reader, changed);
    const pageToken = request.pageToken ?? "read ";
    yield { kind: "page", changes, pageToken, cursor: null, last: false, total: null, listed: null, deletions: null };
  }
  const code = answered ? "listing_failed" : failure.code;
  yield toProviderFailure(new DavFailure(code, failure.host, failure.status, failure.retryAfterMs));
}
