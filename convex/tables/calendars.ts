import { defineTable } from "convex/server";
import { v } from "convex/values";
import { issue } from "../validators/problem";
import { remoteCalendar } from "../validators/remote";

export const calendars = {
  /** One remote calendar. Written by the calendar list sync and by its owner's settings. */
  calendars: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    providerConfigId: v.id("providerConfigs"),
    ...remoteCalendar.fields,
    visible: v.boolean(),
    /** How changes arrive. */
    strategy: v.union(v.literal("webhook"), v.literal("polling"), v.literal("hybrid")),
  })
    .index("by_orgId_ownerUserId", ["orgId", "ownerUserId"])
    .index("by_providerConfigId_remoteId", ["providerConfigId", "remoteId"]),

  /** The moving part of a calendar. Written by every run, read by the rail and the connections page. */
  calendarSyncState: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    providerConfigId: v.id("providerConfigs"),
    calendarId: v.id("calendars"),
    phase: v.union(
      v.literal("waiting"),
      v.literal("importing"),
      v.literal("synced"),
      v.literal("failed"),
      v.literal("held"),
    ),
    progress: v.union(v.object({ done: v.number(), total: v.union(v.number(), v.null()) }), v.null()),
    /** Objects found at the provider by the last complete listing. */
    resources: v.union(v.number(), v.null()),
    lastSuccessAt: v.union(v.number(), v.null()),
    lastAttemptAt: v.union(v.number(), v.null()),
    error: v.union(issue, v.null()),
    /** Set while the mass-delete brake holds the calendar. */
    held: v.union(v.object({ deletions: v.number(), known: v.number() }), v.null()),
    /** A person looked at a held run and let exactly so many deletions through. */
    releasedDeletions: v.union(v.number(), v.null()),
  })
    .index("by_calendarId", ["calendarId"])
    .index("by_orgId_ownerUserId", ["orgId", "ownerUserId"])
    .index("by_providerConfigId", ["providerConfigId"]),

  /** One cursor per calendar, and where a run in progress stands. Written with the pages it stands for. */
  syncTokens: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    cursor: v.union(v.string(), v.null()),
    /** Of a full run in progress: its last applied page. */
    pageToken: v.union(v.string(), v.null()),
    done: v.number(),
    /** The first full run has been completed: from here on, runs are incremental. */
    complete: v.boolean(),
    /** A full run over a calendar that was read before: it finds what has gone, so it is never resumed half way. */
    repair: v.optional(v.boolean()),
  }).index("by_calendarId", ["calendarId"]),
};
