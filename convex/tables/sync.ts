import { defineTable } from "convex/server";
import { v } from "convex/values";
import { jobPriority, jobResult, jobStatus, jobType } from "../validators/job";
import { turn } from "../validators/turn";

export const sync = {
  /** One unit of work. Inserted by enqueuers, claimed by the dispatcher, ended by its lease holder. */
  syncJobs: defineTable({
    orgId: v.id("organizations"),
    /** Of the connection, for the lists of jobs; rows written before these existed lack them. */
    ownerUserId: v.optional(v.id("users")),
    provider: v.optional(v.string()),
    providerConfigId: v.id("providerConfigs"),
    calendarId: v.union(v.id("calendars"), v.null()),
    type: jobType,
    priority: jobPriority,
    status: jobStatus,
    /** What the job works on: at most one waiting and one processing job per key. */
    dedupeKey: v.string(),
    /** True while `pending` or `retry`: what the dispatcher may claim. */
    waiting: v.boolean(),
    /** Attempts that failed so far. */
    attempt: v.number(),
    maxRetries: v.number(),
    scheduledAt: v.number(),
    /** `scheduledAt` plus an offset by priority: the claim order, and the ageing. */
    claimAt: v.number(),
    leaseId: v.union(v.string(), v.null()),
    leaseExpiresAt: v.union(v.number(), v.null()),
    scheduledFunctionId: v.union(v.id("_scheduled_functions"), v.null()),
    /** When a worker last let go of it, whatever came of it; absent until then, and on rows written before this was kept. */
    turnEndedAt: v.optional(v.number()),
    startedAt: v.union(v.number(), v.null()),
    completedAt: v.union(v.number(), v.null()),
    result: v.union(jobResult, v.null()),
    error: v.union(
      v.object({ code: v.string(), message: v.string(), retryable: v.boolean(), at: v.number() }),
      v.null(),
    ),
    /** Ends of its turns that are not in `syncMetrics` yet, oldest first; they get there within a minute or two. */
    unfolded: v.optional(v.array(turn)),
    /** When the first of those ended; absent where there is none. */
    unfoldedSince: v.optional(v.number()),
  })
    .index("by_orgId_waiting_priority_scheduledAt", ["orgId", "waiting", "priority", "scheduledAt"])
    .index("by_dedupeKey_status", ["dedupeKey", "status"])
    .index("by_status_leaseExpiresAt", ["status", "leaseExpiresAt"])
    .index("by_providerConfigId_status", ["providerConfigId", "status"])
    .index("by_waiting_scheduledAt", ["waiting", "scheduledAt"])
    .index("by_ownerUserId_status", ["ownerUserId", "status"])
    .index("by_ownerUserId_type", ["ownerUserId", "type"])
    .index("by_ownerUserId_provider", ["ownerUserId", "provider"])
    .index("by_ownerUserId", ["ownerUserId"])
    .index("by_status", ["status"])
    .index("by_type", ["type"])
    .index("by_provider", ["provider"])
    .index("by_completedAt", ["completedAt"])
    .index("by_turnEndedAt", ["turnEndedAt"])
    .index("by_unfoldedSince", ["unfoldedSince"])
    .index("by_ownerUserId_unfoldedSince", ["ownerUserId", "unfoldedSince"]),

  /** Failures in a row of one connection's provider. Written when one fails and when one works again; read before each claim. */
  connectionBreakers: defineTable({
    providerConfigId: v.id("providerConfigs"),
    failures: v.number(),
    /** No job starts before this time; null while the failures are few. */
    openUntil: v.union(v.number(), v.null()),
  }).index("by_providerConfigId", ["providerConfigId"]),

  /** The line in which organizations with waiting work stand: a row for each moment in which something of theirs is due. */
  queueLanes: defineTable({
    orgId: v.id("organizations"),
    /** When this organization's turn is due. */
    turnAt: v.number(),
    /** In rows of before; not read. */
    lastServedAt: v.optional(v.number()),
  })
    .index("by_orgId_turnAt", ["orgId", "turnAt"])
    .index("by_turnAt", ["turnAt"]),

  /** One row: the turns under way, as far as the dispatcher knows. Written and read by the dispatcher alone. */
  queueSlots: defineTable({
    taken: v.array(v.object({ jobId: v.id("syncJobs"), leaseId: v.string(), claimedAt: v.number() })),
    /** Ends of turns until then have been looked at. */
    seenUntil: v.number(),
  }),
};
