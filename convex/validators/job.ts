import { v } from "convex/values";
import { SYNC_TYPES } from "../../lib/monitoring/rollup";
import { oneOf } from "./words";

export const jobType = v.union(
  v.literal("full_sync"),
  v.literal("incremental_sync"),
  v.literal("webhook_sync"),
  v.literal("polling_sync"),
  v.literal("push_event"),
  v.literal("renew_subscription"),
  v.literal("refresh_calendar_list"),
);

export const jobPriority = v.union(
  v.literal("critical"),
  v.literal("high"),
  v.literal("medium"),
  v.literal("low"),
);

export const jobStatus = v.union(
  v.literal("pending"),
  v.literal("processing"),
  v.literal("retry"),
  v.literal("completed"),
  v.literal("failed"),
  v.literal("cancelled"),
);

/** What a run read. */
export const syncType = oneOf(SYNC_TYPES);

export const priorityCounts = v.object({
  critical: v.number(),
  high: v.number(),
  medium: v.number(),
  low: v.number(),
});

/** What a run read, and how many resources it wrote, found as they were, removed, or could not read. */
export const runCounts = v.object({
  syncType,
  upserted: v.number(),
  unchanged: v.number(),
  deleted: v.number(),
  unreadable: v.number(),
});

/** A run as its job remembers it. */
export const jobResult = runCounts.extend({
  /** HTTP requests to the provider, and what they took together in milliseconds; absent on jobs that ended before they were counted. */
  apiCalls: v.optional(v.number()),
  callMs: v.optional(v.number()),
});
