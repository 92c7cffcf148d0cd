import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import {
  accessRole,
  alertKind,
  alertSeverity,
  alertSubject,
  auditAction,
  auditObject,
  auditOutcome,
  callsByType,
  connectionStatus,
  earlierDetailFields,
  eventDetailFields,
  eventTime,
  issue,
  jobPriority,
  jobStatus,
  jobType,
  occurrenceFaceFields,
  priorityCounts,
  resultsByProvider,
  resultsBySyncType,
  refreshState,
  storedEventFields,
  syncType,
  turn,
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
    /** Where the account lives; the CalDAV calendar home. Empty where the provider has one address for all. */
    serverUrl: v.string(),
    /** The provider's own, lasting id of the account, where signing in tells it. */
    subject: v.optional(v.string()),
  })
    .index("by_orgId_ownerUserId", ["orgId", "ownerUserId"])
    .index("by_provider_subject", ["provider", "subject"]),

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

  /** One sealed secret: a password, or the tokens of one sign-in. Only `connections/credentials` touches it. */
  providerCredentials: defineTable({
    orgId: v.id("organizations"),
    providerConfigId: v.id("providerConfigs"),
    field: v.string(),
    envelope: v.string(),
    /** Rises with every new secret; sealing the same one anew leaves it. */
    version: v.number(),
    /** The key that the envelope names; rows of before this field are found by its absence. */
    keyId: v.optional(v.string()),
    /** Of tokens: who is fetching new ones, or how the last attempt failed. */
    refresh: v.optional(refreshState),
    /** Set when the account is disconnected and only its revocation still needs the secret: gone by then at the latest. */
    forgetAt: v.optional(v.number()),
  })
    .index("by_providerConfigId_field", ["providerConfigId", "field"])
    .index("by_keyId", ["keyId"])
    .index("by_forgetAt", ["forgetAt"]),

  /** One authorization in flight. Written when a browser is sent to a provider, removed when it comes back, swept when over. */
  oauthStates: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    provider: v.string(),
    /** SHA-256 of the state, base64url. */
    stateHash: v.string(),
    /** The browser session that began it, as a hash. */
    session: v.string(),
    /** The PKCE verifier, sealed. */
    verifier: v.string(),
    /** As it was sent to the provider: the exchange must repeat it. */
    redirectUri: v.string(),
    /** The page to come back to. */
    returnTo: v.string(),
    /** The account that is to be reconnected; null connects whichever is chosen. */
    reconnects: v.union(v.id("providerConfigs"), v.null()),
    expiresAt: v.number(),
  })
    .index("by_stateHash", ["stateHash"])
    .index("by_expiresAt", ["expiresAt"]),
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
    /** A full run over a calendar that was read before: it finds what has gone, so it is never resumed half way. */
    repair: v.optional(v.boolean()),
  }).index("by_calendarId", ["calendarId"]),
};

const events = {
  /** A single event, a series master or an exception, without its details. Written by sync, read by views; its id never changes. */
  unifiedEvents: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    /** The resource that these events are expanded with: an exception names its series'. */
    mappingId: v.id("providerEventMappings"),
    /** The resource it came in, where an exception is one of its own (Google); absent elsewhere. */
    resourceId: v.optional(v.id("providerEventMappings")),
    /** Canonical key of `recurrenceId`; empty on a single event or a master. */
    recurrenceKey: v.string(),
    ...storedEventFields,
    ...earlierDetailFields,
    /**
     * Set on the event that stands for a series (its master, or its first exception when the
     * master is missing): `stored` has its occurrences in `eventOccurrences` for the rolling
     * window, `onRead` is expanded by the query. Null on single events and other exceptions.
     */
    projection: v.union(v.literal("stored"), v.literal("onRead"), v.null()),
  })
    .index("by_mappingId_recurrenceKey", ["mappingId", "recurrenceKey"])
    .index("by_resourceId", ["resourceId"])
    .index("by_calendarId_projection", ["calendarId", "projection"])
    .index("by_projection", ["projection"])
    .index("by_calendarId", ["calendarId"]),

  /**
   * What only the inspector and whoever writes an event back need of it; an event that has none of it has no row. Written with
   * the event, by `events/stored` alone.
   */
  eventDetails: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    eventId: v.id("unifiedEvents"),
    ...eventDetailFields,
  }).index("by_calendarId_eventId", ["calendarId", "eventId"]),

  /** One occurrence, as a tile draws it. Written by the projection and, of single events, by sync; read in tiles. */
  eventOccurrences: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    mappingId: v.id("providerEventMappings"),
    /** The event that describes this occurrence: master, exception or single event. */
    eventId: v.id("unifiedEvents"),
    /** Key of the original start within its series; empty for a single event. */
    recurrenceKey: v.string(),
    /** Of all-day and floating times alone: others are said by their instants. */
    start: v.optional(eventTime),
    end: v.optional(eventTime),
    startAt: v.number(),
    endAt: v.number(),
    /** Set where it reaches beyond the UTC month it starts in: later months find it by its end. */
    reach: v.optional(v.union(v.literal("nextMonth"), v.literal("laterMonths"))),
    /** What its event says, where that is a single one. The master of a series is read once for all of its occurrences. */
    face: v.optional(v.object(occurrenceFaceFields)),
    /** Of rows stored before `reach` was: see `upgrades`. */
    long: v.optional(v.boolean()),
  })
    .index("by_calendarId_startAt", ["calendarId", "startAt"])
    .index("by_calendarId_reach_endAt", ["calendarId", "reach", "endAt"])
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
    /** The series that an exception belongs to, where exceptions are resources of their own; absent elsewhere. */
    seriesMappingId: v.optional(v.id("providerEventMappings")),
    /** Stands for a series of which only exceptions were seen so far: nothing at the provider is known to have this id. */
    placeholder: v.optional(v.literal(true)),
    /** A placeholder that a run made for a hole: the series comes with the same run, or there is none. */
    awaited: v.optional(v.literal(true)),
    /** Why the resource could not be read and when that was seen; null while it can be. */
    unreadableReason: v.union(v.string(), v.null()),
    unreadableAt: v.union(v.number(), v.null()),
  })
    .index("by_calendarId_remoteId", ["calendarId", "remoteId"])
    .index("by_seriesMappingId", ["seriesMappingId"])
    .index("by_calendarId_awaited", ["calendarId", "awaited"])
    .index("by_calendarId_unreadableAt", ["calendarId", "unreadableAt"]),
};

const webhooks = {
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
    /** When it is to be read by itself: the next poll, or the next look at a channel that is silent. */
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

  /** Notifications that did not verify, `weight` of them in the minute that begins at `at`. Nothing of what they said is kept. */
  webhookRefusals: defineTable({
    provider: v.string(),
    weight: v.number(),
    at: v.number(),
  })
    .index("by_provider_at", ["provider", "at"])
    .index("by_at", ["at"]),
};

const sync = {
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
    startedAt: v.union(v.number(), v.null()),
    completedAt: v.union(v.number(), v.null()),
    result: v.union(
      v.object({
        syncType,
        upserted: v.number(),
        unchanged: v.number(),
        deleted: v.number(),
        unreadable: v.number(),
        /** HTTP requests to the provider, and what they took together in milliseconds; absent on jobs that ended before they were counted. */
        apiCalls: v.optional(v.number()),
        callMs: v.optional(v.number()),
      }),
      v.null(),
    ),
    error: v.union(
      v.object({ code: v.string(), message: v.string(), retryable: v.boolean(), at: v.number() }),
      v.null(),
    ),
    /** Ends of its turns that are not in `syncMetrics` yet, oldest first; they get there within a minute or two. */
    unfolded: v.optional(v.array(turn)),
    /** When the first of those ended; absent where there is none. */
    unfoldedSince: v.optional(v.number()),
  })
    .index("by_orgId_waiting_claimAt", ["orgId", "waiting", "claimAt"])
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
    .index("by_unfoldedSince", ["unfoldedSince"])
    .index("by_ownerUserId_unfoldedSince", ["ownerUserId", "unfoldedSince"]),

  /** Failures in a row of one connection's provider. Written when one fails and when one works again; read before each claim. */
  connectionBreakers: defineTable({
    providerConfigId: v.id("providerConfigs"),
    failures: v.number(),
    /** No job starts before this time; null while the failures are few. */
    openUntil: v.union(v.number(), v.null()),
  }).index("by_providerConfigId", ["providerConfigId"]),

  /** One row per organization with waiting work: the line in which they stand. */
  queueLanes: defineTable({
    orgId: v.id("organizations"),
    /** When this organization's next turn is due: never before it was last served. */
    turnAt: v.number(),
    /** Zero for never. What follows the point tells the order of those that were served in one go. */
    lastServedAt: v.number(),
  })
    .index("by_orgId", ["orgId"])
    .index("by_turnAt", ["turnAt", "lastServedAt"]),
};

const monitoring = {
  /**
   * Who did what to what, and how it ended. Written by `monitoring/audit`, read by the operations pages, swept when
   * old. Holds no secret and no event content: ids, names of accounts, and codes.
   */
  auditLog: defineTable({
    at: v.number(),
    action: auditAction,
    outcome: auditOutcome,
    /** Null where LinearTime itself acted. */
    actorUserId: v.union(v.id("users"), v.null()),
    /** Whose log shows it; null where it concerns the deployment only. */
    orgId: v.union(v.id("organizations"), v.null()),
    ownerUserId: v.union(v.id("users"), v.null()),
    objectKind: auditObject,
    objectId: v.string(),
    objectLabel: v.union(v.string(), v.null()),
    /** A code: an error's, a role's; never free text. */
    detail: v.union(v.string(), v.null()),
  })
    .index("by_ownerUserId", ["ownerUserId"])
    .index("by_at", ["at"]),

  /** One incident. Written by `monitoring/alerts/incidents`, read by the operations pages and the rail's badge. Swept when closed and old. */
  alerts: defineTable({
    /** What the incident is: one row per key is open at a time. */
    key: v.string(),
    kind: alertKind,
    severity: alertSeverity,
    /** Whose it is; null where it is about the deployment, which operators see. */
    orgId: v.union(v.id("organizations"), v.null()),
    ownerUserId: v.union(v.id("users"), v.null()),
    subject: v.union(alertSubject, v.null()),
    message: v.string(),
    openedAt: v.number(),
    closedAt: v.union(v.number(), v.null()),
    acknowledgedAt: v.union(v.number(), v.null()),
    acknowledgedBy: v.union(v.id("users"), v.null()),
  })
    .index("by_key_closedAt", ["key", "closedAt"])
    .index("by_kind_closedAt", ["kind", "closedAt"])
    .index("by_ownerUserId_closedAt", ["ownerUserId", "closedAt"])
    .index("by_closedAt", ["closedAt"]),

  /** One thing to tell the receiver of alerts. Written when an alert opens or closes, claimed and settled by `monitoring/alerts/notices`. */
  alertNotices: defineTable({
    alertId: v.id("alerts"),
    event: v.union(v.literal("opened"), v.literal("closed")),
    state: v.union(v.literal("waiting"), v.literal("sent"), v.literal("given_up")),
    /** Of a waiting one: when it may be sent; also its lease while it is being sent. Of another: when it was settled. */
    dueAt: v.number(),
    attempt: v.number(),
  })
    .index("by_state_dueAt", ["state", "dueAt"])
    .index("by_alertId", ["alertId"]),

  /**
   * Ends of turns and gauges of one span of time, of the deployment (`scope` is "deployment") or of an organization (its
   * id). Written by the minute cron, and
   * when jobs that it has not seen yet are removed; read by the overview. Spans without any job have no row.
   */
  syncMetrics: defineTable({
    scope: v.string(),
    /** Length of the span. */
    span: v.union(v.literal("minute"), v.literal("quarter"), v.literal("hour")),
    startAt: v.number(),
    succeeded: v.number(),
    retried: v.number(),
    failed: v.number(),
    held: v.number(),
    continued: v.number(),
    changes: v.number(),
    apiCalls: v.number(),
    callMs: v.number(),
    /** Counts per bucket of `lib/monitoring/histogram`: from due to claimed, and from due to done. */
    wait: v.array(v.number()),
    latency: v.array(v.number()),
    byType: v.array(callsByType),
    bySyncType: v.array(resultsBySyncType),
    byProvider: v.array(resultsByProvider),
    /** Jobs waiting, the most that was seen in the span. */
    depth: priorityCounts,
    /** The longest that a due job had been waiting, milliseconds. */
    oldestMs: v.number(),
  })
    .index("by_scope_span_startAt", ["scope", "span", "startAt"])
    .index("by_span_startAt", ["span", "startAt"]),

  /** How a provider has been answering. Written where ends of turns are added to `syncMetrics`, read by the overview and the health check. */
  providerHealth: defineTable({
    /** Whose accounts; absent for everybody's together. */
    ownerUserId: v.optional(v.id("users")),
    provider: v.string(),
    lastSuccessAt: v.union(v.number(), v.null()),
    lastFailureAt: v.union(v.number(), v.null()),
    lastErrorCode: v.union(v.string(), v.null()),
  }).index("by_ownerUserId_provider", ["ownerUserId", "provider"]),
};

const upkeep = {
  /** How far rows that an earlier version stored have been brought up to date. Written and read by the upgrades themselves. */
  upgrades: defineTable({
    name: v.string(),
    cursor: v.union(v.string(), v.null()),
    done: v.boolean(),
  }).index("by_name", ["name"]),
};

export default defineSchema({ ...accounts, ...connections, ...calendars, ...events, ...webhooks, ...sync, ...monitoring, ...upkeep });
