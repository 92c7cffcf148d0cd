import type { RemoteChange } from "../port";
import type { ListedObject } from "./listing";
import type { FetchedObject, ObjectReader } from "./multiget";
import { transformCalendarObject } from "./transform";

export interface ObjectChanges {
  changes: RemoteChange[];
  /** Objects about which there is nothing to say this time, by href. */
  silent: { href: string; why: "notDelivered" | "absent" | "notAnEvent" }[];
}

/** Reads objects and says what they are now, in their order. Rejects with a `DavFailure` when none can be read. */
export async function readChanges(reader: ObjectReader, objects: readonly ListedObject[]): Promise<ObjectChanges> {
  const fetched = await reader.read(objects.map(({ href }) => href), "objects");
  const read: ObjectChanges = { changes: [], silent: [] };
  for (const { href, etag } of objects) {
    const change = changeOf(href, etag, fetched.get(href));
    if (typeof change === "string") read.silent.push({ href, why: change });
    else read.changes.push(change);
  }
  return read;
}

function changeOf(
  href: string,
  listedEtag: string,
  object: FetchedObject | undefined,
): RemoteChange | ObjectChanges["silent"][number]["why"] {
  if (object === undefined) return "notDelivered";
  if (object.kind === "absent") return "absent";
  if (object.kind === "failed") {
    return { kind: "unreadable", remoteId: href, etag: listedEtag, reason: `The server cannot deliver it. ${object.failure.message}` };
  }
  // The etag that came with the body: it may have changed since the listing.
  const etag = object.etag === "" ? listedEtag : object.etag;
  const content = transformCalendarObject(object.text ?? "");
  switch (content.kind) {
    case "event":
      return { kind: "upsert", remoteId: href, seriesRemoteId: null, etag, iCalUID: content.iCalUID, events: content.events };
    case "unreadable":
      return { kind: "unreadable", remoteId: href, etag, reason: content.reason };
    case "notAnEvent":
      return "notAnEvent";
  }
}
