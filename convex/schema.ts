import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import {
  accessRole,
  connectionStatus,
  eventTime,
  issue,
  jobPriority,
  jobStatus,
  jobType,
  storedEventFields,
} from "./validators";

/*
 * Every row belongs to an organization (`orgId`). Times are epoch milliseconds UTC in
 * `…At` fields; all-day dates are `YYYY-MM-DD` strings. What changes often lives apart
 * from what is read often: no query that returns events reads a row that a sync run
 * touches. Above each table: who writes it, who reads it.
 */

const accounts = {
  /** Written by sign-up, or by the first sign-in with Clerk. Read by every public function, by token identifier. */
  users: defineTable({
    tokenIdentifier: v.string(),
    subject: v.string(),
    email: v.string(),
    name: v.string(),
  })
    .index("by_tokenIdentifier", ["tokenIdentifier"])
    .index("by_email", ["email"]),

  /** One signed-in browser. Written by sign-in and sign-out, read when a token is asked for. */
  sessions: defineTable({
    userId: v.id("users"),
    /** SHA-256 of the cookie's value, hex: the value itself is stored nowhere. */
    tokenHash: v.string(),
    expiresAt: v.number(),
  })
    .index("by_tokenHash", ["tokenHash"])
    .index("by_expiresAt", ["expiresAt"]),

  /** One password hash. Written by sign-up, read by sign-in; never leaves Convex. */
  passwords: defineTable({
    userId: v.id("users"),
    hash: v.string(),
  }).index("by_userId", ["userId"]),

  /** A tenant. Written by sign-up. */
  organizations: defineTable({ name: v.string() }),

  /** A person's role in an organization. Written by sign-up, read by every public function. */
  memberships: defineTable({
    orgId: v.id("organizations"),
    userId: v.id("users"),
    role: v.union(v.literal("owner"), v.literal("admin"), v.literal("member")),
  }).index("by_userId", ["userId"]),

  /**
   * How far we are with one person's Clerk account. Written by Clerk's user webhook alone; it outlives the
   * user, so that what arrives late brings nobody back.
   */
  clerkUsers: defineTable({
    tokenIdentifier: v.string(),
    /** When Clerk last changed what we have (its own clock): older news is passed over. */
    changedAt: v.number(),
    deleted: v.boolean(),
  }).index("by_tokenIdentifier", ["tokenIdentifier"]),

  /** One verified delivery of Clerk's webhook: it has no effect a second time. Swept when old. */
  clerkDeliveries: defineTable({
    deliveryId: v.string(),
    receivedAt: v.number(),
  })
    .index("by_deliveryId", ["deliveryId"])
    .index("by_receivedAt", ["receivedAt"]),

  /** Attempts in the current window of one key (an e-mail or an address). Swept when over. */
  rateLimits: defineTable({
    key: v.string(),
    count: v.number(),
    windowEndsAt: v.number(),
  })
    .index("by_key", ["key"])
    .index("by_windowEndsAt", ["windowEndsAt"]),
};

const connections = {
  /** One connected account. Written when it is connected; rarely after. */
  providerConfigs: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    provider: v.string(),
    /** What the provider calls this account: an e-mail or a user name. */
    account: v.string(),
    /** Where the account lives; the CalDAV calendar home. */
    serverUrl: v.string(),
  }).index("by_orgId_ownerUserId", ["orgId", "ownerUserId"]),

  /** The moving part of a connection. Written by sync, read by the connections page. */
  connectionState: defineTable({
    orgId: v.id("organizations"),
    providerConfigId: v.id("providerConfigs"),
    status: connectionStatus,
    reason: v.union(issue, v.null()),
    /** When the poll is due; null while paused or waiting for the user. */
    nextSyncAt: v.union(v.number(), v.null()),
  })
    .index("by_providerConfigId", ["providerConfigId"])
    .index("by_nextSyncAt", ["nextSyncAt"]),

  /** One sealed secret. Only `connections/credentials` touches it. */
  providerCredentials: defineTable({
    orgId: v.id("organizations"),
    providerConfigId: v.id("providerConfigs"),
    field: v.string(),
    envelope: v.string(),
    version: v.number(),
  }).index("by_providerConfigId_field", ["providerConfigId", "field"]),
};

const calendars = {
  /** One remote calendar. Written by the calendar list sync and by its owner's settings. */
  calendars: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    providerConfigId: v.id("providerConfigs"),
    remoteId: v.string(),
    name: v.string(),
    description: v.union(v.string(), v.null()),
    color: v.union(v.string(), v.null()),
    timeZone: v.union(v.string(), v.null()),
    accessRole,
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
  }).index("by_calendarId", ["calendarId"]),
};

const events = {
  /** A single event, a series master or an exception. Written by sync, read by views; its id never changes. */
  unifiedEvents: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    mappingId: v.id("providerEventMappings"),
    /** Canonical key of `recurrenceId`; empty on a single event or a master. */
    recurrenceKey: v.string(),
    ...storedEventFields,
    /**
     * Set on the event that stands for a series (its master, or its first exception when the
     * master is missing): `stored` has its occurrences in `eventOccurrences` for the rolling
     * window, `onRead` is expanded by the query. Null on single events and other exceptions.
     */
    projection: v.union(v.literal("stored"), v.literal("onRead"), v.null()),
  })
    .index("by_mappingId_recurrenceKey", ["mappingId", "recurrenceKey"])
    .index("by_calendarId_projection", ["calendarId", "projection"])
    .index("by_projection", ["projection"])
    .index("by_calendarId", ["calendarId"]),

  /** One occurrence: times and ids only. Written by the projection, read in tiles. */
  eventOccurrences: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    mappingId: v.id("providerEventMappings"),
    /** The event that describes this occurrence: master, exception or single event. */
    eventId: v.id("unifiedEvents"),
    /** Key of the original start within its series; empty for a single event. */
    recurrenceKey: v.string(),
    start: eventTime,
    end: eventTime,
    startAt: v.number(),
    endAt: v.number(),
    /** Lasts longer than the look-back of a tile: found through an index of its own. */
    long: v.boolean(),
  })
    .index("by_calendarId_long_startAt", ["calendarId", "long", "startAt"])
    .index("by_calendarId_long_endAt", ["calendarId", "long", "endAt"])
    .index("by_mappingId_startAt", ["mappingId", "startAt"]),

  /**
   * One remote resource (a CalDAV object with all its VEVENTs; one Google or Graph event) and
   * what was last seen of it. Written by sync with the events it stands for.
   */
  providerEventMappings: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    remoteId: v.string(),
    iCalUID: v.union(v.string(), v.null()),
    etag: v.string(),
    /** Content hash of the events as last seen: equal means nothing to write. */
    hash: v.string(),
    /** Why the resource could not be read and when that was seen; null while it can be. */
    unreadableReason: v.union(v.string(), v.null()),
    unreadableAt: v.union(v.number(), v.null()),
  })
    .index("by_calendarId_remoteId", ["calendarId", "remoteId"])
    .index("by_calendarId_unreadableAt", ["calendarId", "unreadableAt"]),
};

const sync = {
  /** One unit of work. Inserted by enqueuers, claimed by the dispatcher, ended by its lease holder. */
  syncJobs: defineTable({
    orgId: v.id("organizations"),
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
    startedAt: v.union(v.number(), v.null()),
    completedAt: v.union(v.number(), v.null()),
    result: v.union(
      v.object({
        syncType: v.union(v.literal("full"), v.literal("polling"), v.literal("list")),
        upserted: v.number(),
        unchanged: v.number(),
        deleted: v.number(),
        unreadable: v.number(),
      }),
      v.null(),
    ),
    error: v.union(
      v.object({ code: v.string(), message: v.string(), retryable: v.boolean(), at: v.number() }),
      v.null(),
    ),
  })
    .index("by_orgId_waiting_claimAt", ["orgId", "waiting", "claimAt"])
    .index("by_dedupeKey_status", ["dedupeKey", "status"])
    .index("by_status_leaseExpiresAt", ["status", "leaseExpiresAt"])
    .index("by_providerConfigId_status", ["providerConfigId", "status"])
    .index("by_completedAt", ["completedAt"]),

  /** One row per organization with waiting work: the line in which they stand. */
  queueLanes: defineTable({
    orgId: v.id("organizations"),
    /** When this organization's next turn is due: never before it was last served. */
    turnAt: v.number(),
    lastServedAt: v.number(),
  })
    .index("by_orgId", ["orgId"])
    .index("by_turnAt", ["turnAt"]),
};

export default defineSchema({ ...accounts, ...connections, ...calendars, ...events, ...sync });
