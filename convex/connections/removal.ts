import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { removeCalendar } from "../calendars/removal";
import { closeAlertsOfConnection } from "../monitoring/alerts/fromJobs";
import { foldTurns } from "../monitoring/metrics/fold";
import { forgetHealth } from "../monitoring/metrics/lastSeen";
import { closeBreaker } from "../sync/breaker";
import { cancelWaiting } from "../sync/endWork";
import { endWatch } from "../webhooks/watches";
import { forgetSecrets } from "./credentials/forgetting";
import { stateOf } from "./ownership";

const ROWS_PER_STEP = 200;
/** Each takes its channels, jobs and alerts with it. */
const CALENDARS_PER_STEP = 50;

/** Forgets a connection's secret and stops its work at once; its data goes step by step. Once begun, nothing more happens. */
export async function beginRemoval(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">): Promise<void> {
  const state = await stateOf(ctx, providerConfigId);
  if (state?.status === "disconnecting") return;
  if (state !== null) await ctx.db.patch(state._id, { status: "disconnecting", reason: null, nextSyncAt: null });
  const config = await ctx.db.get(providerConfigId);
  if (config !== null) await forgetSecrets(ctx, config);
  await cancelWaiting(ctx, providerConfigId);
  await closeAlertsOfConnection(ctx, providerConfigId);
  await ctx.scheduler.runAfter(0, internal.connections.removal.step, { providerConfigId });
}

/**
 * Removes a disconnected account: its calendars (whose events follow by themselves), then its
 * jobs, then the account. Runs again until nothing is left.
 */
export const step = internalMutation({
  args: { providerConfigId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { providerConfigId }) => {
    const calendars = await ctx.db
      .query("calendars")
      .withIndex("by_providerConfigId_remoteId", (q) => q.eq("providerConfigId", providerConfigId))
      .take(CALENDARS_PER_STEP);
    for (const calendar of calendars) await removeCalendar(ctx, calendar);
    await endWatch(ctx, providerConfigId, null);
    await closeBreaker(ctx, providerConfigId);
    const jobs = await ctx.db
      .query("syncJobs")
      .withIndex("by_providerConfigId_status", (q) => q.eq("providerConfigId", providerConfigId))
      .take(ROWS_PER_STEP);
    await foldTurns(ctx, jobs);
    for (const job of jobs) await ctx.db.delete(job._id);
    if (calendars.length === CALENDARS_PER_STEP || jobs.length === ROWS_PER_STEP) {
      await ctx.scheduler.runAfter(0, internal.connections.removal.step, { providerConfigId });
      return null;
    }
    const state = await stateOf(ctx, providerConfigId);
    if (state !== null) await ctx.db.delete(state._id);
    const config = await ctx.db.get(providerConfigId);
    await ctx.db.delete(providerConfigId);
    if (config !== null) await forgetProvider(ctx, config);
    return null;
  },
});

/** With somebody's last account at a provider goes what was known of how it answers them. */
async function forgetProvider(ctx: MutationCtx, { orgId, ownerUserId, provider }: Doc<"providerConfigs">): Promise<void> {
  const left = await ctx.db
    .query("providerConfigs")
    .withIndex("by_orgId_ownerUserId", (q) => q.eq("orgId", orgId).eq("ownerUserId", ownerUserId))
    .take(ROWS_PER_STEP);
  if (left.every((one) => one.provider !== provider)) await forgetHealth(ctx, ownerUserId, provider);
}
