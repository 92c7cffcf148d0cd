import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";
import { closeIfNoneLeft } from "../monitoring/jobs/deadLetters";
import { foldTurns } from "../monitoring/metrics/fold";

const LIFETIME_MS = 90 * 24 * 60 * 60_000;
const ROWS_PER_STEP = 500;

/** Daily: removes jobs that ended 90 days ago, a bounded step at a time. */
export const sweep = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const old = await ctx.db
      .query("syncJobs")
      .withIndex("by_completedAt", (q) =>
        q.gt("completedAt", 0).lt("completedAt", Date.now() - LIFETIME_MS),
      )
      .take(ROWS_PER_STEP);
    await foldTurns(ctx, old);
    for (const job of old) await ctx.db.delete(job._id);
    const letters = old.filter(({ status }) => status === "failed");
    for (const account of new Set(letters.map((job) => job.providerConfigId))) await closeIfNoneLeft(ctx, account);
    if (old.length === ROWS_PER_STEP) {
      await ctx.scheduler.runAfter(0, internal.sync.retention.sweep, {});
    }
    return old.length;
  },
});
