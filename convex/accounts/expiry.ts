import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";

const ROWS_PER_STEP = 200;

/** How long a delivery of Clerk's webhook is remembered: well beyond the last time Clerk tries it again. */
const DELIVERY_RETENTION_MS = 14 * 24 * 60 * 60 * 1000;

/** Daily: removes sessions, rate-limit windows and noted deliveries that are over, a bounded step at a time. */
export const sweep = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const now = Date.now();
    const sessions = await ctx.db
      .query("sessions")
      .withIndex("by_expiresAt", (q) => q.lt("expiresAt", now))
      .take(ROWS_PER_STEP);
    const limits = await ctx.db
      .query("rateLimits")
      .withIndex("by_windowEndsAt", (q) => q.lt("windowEndsAt", now))
      .take(ROWS_PER_STEP);
    const deliveries = await ctx.db
      .query("clerkDeliveries")
      .withIndex("by_receivedAt", (q) => q.lt("receivedAt", now - DELIVERY_RETENTION_MS))
      .take(ROWS_PER_STEP);
    for (const row of [...sessions, ...limits, ...deliveries]) await ctx.db.delete(row._id);
    if ([sessions, limits, deliveries].some((rows) => rows.length === ROWS_PER_STEP)) {
      await ctx.scheduler.runAfter(0, internal.accounts.expiry.sweep, {});
    }
    return sessions.length + limits.length + deliveries.length;
  },
});
