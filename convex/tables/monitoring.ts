import { defineTable } from "convex/server";
import { v } from "convex/values";
import { alertKind, alertSeverity, alertSubject } from "../validators/alert";
import { auditAction, auditObject, auditOutcome } from "../validators/audit";
import { priorityCounts } from "../validators/job";
import { callsByType, resultsByProvider, resultsBySyncType } from "../validators/turn";

export const monitoring = {
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
