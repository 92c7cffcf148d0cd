import { v } from "convex/values";
import { eventTime, unifiedEvent } from "./event";

/** One remote resource as a run found it; mirrors `RemoteChange` of the provider port. */
export const remoteChange = v.union(
  v.object({
    kind: v.literal("upsert"),
    remoteId: v.string(),
    seriesRemoteId: v.union(v.string(), v.null()),
    etag: v.string(),
    iCalUID: v.string(),
    events: v.array(unifiedEvent),
  }),
  v.object({
    kind: v.literal("unreadable"),
    remoteId: v.string(),
    etag: v.string(),
    reason: v.string(),
  }),
  v.object({
    kind: v.literal("deleted"),
    remoteId: v.string(),
    occurrence: v.union(v.object({ seriesRemoteId: v.string(), recurrenceId: eventTime }), v.null()),
  }),
);

export const accessRole = v.union(v.literal("owner"), v.literal("writer"), v.literal("reader"));

export const remoteCalendar = v.object({
  remoteId: v.string(),
  name: v.string(),
  description: v.union(v.string(), v.null()),
  color: v.union(v.string(), v.null()),
  timeZone: v.union(v.string(), v.null()),
  accessRole,
});
