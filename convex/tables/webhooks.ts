import { defineTable } from "convex/server";
import { v } from "convex/values";
import { issue } from "../validators/problem";

export const webhooks = {
  /**
   * How changes of one calendar, or of an account's list of calendars, reach us, where the provider can push. Written when
   * that changes and by the cron that finds it due, never by a notification; read by that cron and the connections page.
   */
  calendarWatches: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    provider: v.string(),
    providerConfigId: v.id("providerConfigs"),
    /** Null: the account's list of calendars. */
    calendarId: v.union(v.id("calendars"), v.null()),
    /** `webhook` while a channel is open; a calendar is never driven by both. */
    mode: v.union(v.literal("webhook"), v.literal("polling")),
    /** Why it is polled; null while it is watched, and where it cannot be watched and nothing is wrong. */
    reason: v.union(issue, v.null()),
    /** The provider does not offer channels for this one. */
    unwatchable: v.boolean(),
    /** Failed attempts to watch it in a row. */
    failures: v.number(),
    /** When it is to be watched, or its channel renewed; null for never. */
    watchAt: v.union(v.number(), v.null()),
    /** When it is to be read by itself: the next poll, or the next look at a channel that is silent; null for a list that is watched. */
    readAt: v.union(v.number(), v.null()),
    /** When it is to be read in full, to be safe; null for a list. */
    fullAt: v.union(v.number(), v.null()),
    /** The earliest of the three; null while the account is paused or has to be reconnected. */
    dueAt: v.union(v.number(), v.null()),
  })
    .index("by_providerConfigId_calendarId", ["providerConfigId", "calendarId"])
    .index("by_dueAt", ["dueAt"])
    .index("by_mode", ["mode"])
    .index("by_failures", ["failures"])
    .index("by_orgId_ownerUserId", ["orgId", "ownerUserId"]),

  /** One channel at a provider. Written before it is opened, when it is, and when it ends; read by each notification. */
  webhookSubscriptions: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    providerConfigId: v.id("providerConfigs"),
    calendarId: v.union(v.id("calendars"), v.null()),
    watchId: v.id("calendarWatches"),
    provider: v.string(),
    channelId: v.string(),
    /** SHA-256 of the channel's token, hex. */
    tokenHash: v.string(),
    /** What the provider calls the watched thing; null until it has answered. */
    resourceId: v.union(v.string(), v.null()),
    /** `opening`: asked for; `replaced`: not needed any more, and to be stopped. */
    status: v.union(v.literal("opening"), v.literal("active"), v.literal("replaced"), v.literal("stopped"), v.literal("failed")),
    expiresAt: v.union(v.number(), v.null()),
  })
    .index("by_channelId", ["channelId"])
    .index("by_watchId_status", ["watchId", "status"])
    .index("by_status", ["status"])
    .index("by_providerConfigId_status", ["providerConfigId", "status"])
    .index("by_orgId_ownerUserId", ["orgId", "ownerUserId"]),

  /** One notification that verified. Written by the webhook routes, read by operators and to tell the rhythm of a channel. */
  webhookNotifications: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    providerConfigId: v.id("providerConfigs"),
    calendarId: v.union(v.id("calendars"), v.null()),
    subscriptionId: v.id("webhookSubscriptions"),
    watchId: v.id("calendarWatches"),
    provider: v.string(),
    /** Of the provider: equal for a delivery that is repeated. */
    deliveryId: v.string(),
    /** What it came to: a new job, one that waited already, or nothing. */
    effect: v.union(v.literal("queued"), v.literal("joined"), v.literal("none")),
    /** The job that reads what it announced; null where it had no effect. */
    jobId: v.union(v.id("syncJobs"), v.null()),
    /** False for the one that only says that a channel is open. */
    tellsOfChange: v.boolean(),
    receivedAt: v.number(),
  })
    .index("by_subscriptionId_deliveryId", ["subscriptionId", "deliveryId"])
    .index("by_watchId_receivedAt", ["watchId", "receivedAt"])
    .index("by_orgId_ownerUserId_receivedAt", ["orgId", "ownerUserId", "receivedAt"])
    .index("by_receivedAt", ["receivedAt"]),

  /** Notifications that did not verify, `weight` of them about `at`. Nothing of what they said is kept. Written once, read by alerts and health. */
  webhookRefusals: defineTable({
    provider: v.string(),
    weight: v.number(),
    at: v.number(),
  })
    .index("by_at", ["at"]),
};
