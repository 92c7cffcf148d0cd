import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";

const DAY_MS = 24 * 60 * 60_000;
const LIFETIME_MS = 90 * DAY_MS;
/** Rates are taken over minutes. */
const REFUSALS_LIFETIME_MS = 2 * DAY_MS;
const ROWS_PER_STEP = 300;

/** Daily: removes notifications and channels that ended 90 days ago, and counts of refusals, a bounded step at a time. */
export const sweep = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const before = Date.now() - LIFETIME_MS;
    const notifications = await ctx.db
      .query("webhookNotifications")
      .withIndex("by_receivedAt", (q) => q.lt("receivedAt", before))
      .take(ROWS_PER_STEP);
    const refusals = await ctx.db
      .query("webhookRefusals")
      .withIndex("by_at", (q) => q.lt("at", Date.now() - REFUSALS_LIFETIME_MS))
      .take(ROWS_PER_STEP);
    const channels = [];
    for (const status of ["replaced", "stopped", "failed"] as const) {
      channels.push(
        ...(await ctx.db
          .query("webhookSubscriptions")
          .withIndex("by_status", (q) => q.eq("status", status).lt("_creationTime", before))
          .take(ROWS_PER_STEP)),
      );
    }
    for (const row of [...notifications, ...refusals, ...channels]) await ctx.db.delete(row._id);
    if ([notifications, refusals, channels].some((rows) => rows.length >= ROWS_PER_STEP)) {
      await ctx.scheduler.runAfter(0, internal.webhooks.retention.sweep, {});
    }
    return notifications.length + refusals.length + channels.length;
  },
});
