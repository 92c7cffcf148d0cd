import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";

const ROWS_PER_STEP = 200;

/** Daily: removes sessions and rate-limit windows that are over, a bounded step at a time. */
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
    for (const row of [...sessions, ...limits]) await ctx.db.delete(row._id);
    if (sessions.length === ROWS_PER_STEP || limits.length === ROWS_PER_STEP) {
      await ctx.scheduler.runAfter(0, internal.accounts.expiry.sweep, {});
    }
    return sessions.length + limits.length;
  },
});
