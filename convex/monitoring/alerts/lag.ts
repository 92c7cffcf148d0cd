import { v, type Infer } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import { internalMutation, internalQuery, type QueryCtx } from "../../_generated/server";
import { incidentKey } from "../../../lib/monitoring/alert-kinds";
import { inWords, lagMs } from "../../../lib/monitoring/rules";
import { connectionLabel } from "../../connections/label";
import { stateOf, syncs } from "../../connections/ownership";
import { alertThresholds, pollingIntervalMs } from "../../settings";
import { dedupeKey } from "../../sync/enqueue";
import { bringAbout, openKeys } from "./evaluate";

/** Calendars looked at by one query; only those that look late cost more than their own row. */
const CALENDARS_PER_PAGE = 300;
/** What was asked for so lately is not late yet, however long nobody could ask: after a start, a pause or a reconnect. */
const JUST_ASKED_MS = 5 * 60_000;

const late = v.object({
  connectionId: v.id("providerConfigs"),
  orgId: v.id("organizations"),
  ownerUserId: v.id("users"),
  label: v.string(),
  calendars: v.number(),
  lagMs: v.number(),
  /** All of its late calendars are about to be read: no reason for a new alert. */
  justAsked: v.boolean(),
});
export type LateConnection = Infer<typeof late>;

/** The connections with late calendars among one page of all calendars. */
export const page = internalQuery({
  args: { cursor: v.union(v.string(), v.null()) },
  returns: v.object({ late: v.array(late), cursor: v.union(v.string(), v.null()) }),
  handler: async (ctx, { cursor }) => {
    const states = await ctx.db.query("calendarSyncState").paginate({ cursor, numItems: CALENDARS_PER_PAGE });
    const found = new Map<string, LateConnection>();
    for (const state of states.page) {
      const behindMs = await lagOf(ctx, state);
      if (behindMs < alertThresholds().syncLagMs) continue;
      const known = found.get(state.providerConfigId);
      const one = known ?? (await describe(ctx, state));
      if (one === null) continue;
      found.set(state.providerConfigId, {
        ...one,
        calendars: one.calendars + 1,
        justAsked: one.justAsked && (await wasJustAsked(ctx, state)),
        lagMs: Math.max(one.lagMs, behindMs),
      });
    }
    return { late: [...found.values()], cursor: states.isDone ? null : states.continueCursor };
  },
});

/** By how much a calendar is late. What is being imported makes progress, and what is held has an alert of its own. */
async function lagOf(ctx: QueryCtx, state: Doc<"calendarSyncState">): Promise<number> {
  if (state.phase === "importing" || state.phase === "held") return 0;
  const inStepAt = state.lastSuccessAt ?? state._creationTime;
  // The shortest allowance first: most calendars are not even late by that.
  const now = Date.now();
  if (lagMs({ strategy: "polling", inStepAt }, now, pollingIntervalMs()) === 0) return 0;
  const calendar = await ctx.db.get(state.calendarId);
  return calendar === null ? 0 : lagMs({ strategy: calendar.strategy, inStepAt }, now, pollingIntervalMs());
}

/** Null for an account that is not meant to sync now: that has an alert of its own, or needs none. */
async function describe(ctx: QueryCtx, state: Doc<"calendarSyncState">): Promise<LateConnection | null> {
  const { orgId, ownerUserId, providerConfigId } = state;
  if (!syncs(await stateOf(ctx, providerConfigId))) return null;
  const config = await ctx.db.get(providerConfigId);
  if (config === null) return null;
  const label = connectionLabel(config);
  return { connectionId: providerConfigId, orgId, ownerUserId, label, calendars: 0, lagMs: 0, justAsked: true };
}

/** Whether a calendar's read, or that of its list, was asked for a moment ago and has not ended. */
async function wasJustAsked(ctx: QueryCtx, { providerConfigId, calendarId }: Doc<"calendarSyncState">): Promise<boolean> {
  const now = Date.now();
  for (const about of [calendarId, null]) {
    const key = dedupeKey({ providerConfigId, calendarId: about, type: "polling_sync" });
    for (const status of ["pending", "processing"] as const) {
      const job = await ctx.db
        .query("syncJobs")
        .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", key).eq("status", status))
        .order("desc")
        .first();
      if (job !== null && job._creationTime > now - JUST_ASKED_MS) return true;
    }
  }
  return false;
}

/** Opens and closes the alerts about late accounts. */
export const settle = internalMutation({
  args: { late: v.array(late) },
  returns: v.null(),
  handler: async (ctx, { late: connections }) => {
    const open = new Set(await openKeys(ctx, ["sync_lag"]));
    const isAlert = ({ connectionId, justAsked }: LateConnection) => !justAsked || open.has(incidentKey("sync_lag", connectionId));
    await bringAbout(
      ctx,
      ["sync_lag"],
      connections.filter(isAlert).map(({ connectionId, orgId, ownerUserId, label, calendars, lagMs: behindMs }) => ({
        key: incidentKey("sync_lag", connectionId),
        kind: "sync_lag",
        severity: "critical",
        owner: { orgId, ownerUserId },
        subject: { kind: "connection", id: connectionId, label },
        message: `${calendars === 1 ? "A calendar" : `${calendars} calendars`} of ${label} ${calendars === 1 ? "is" : "are"} ${inWords(behindMs)} late.`,
      })),
    );
    return null;
  },
});
