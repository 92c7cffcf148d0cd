import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { mayRetry } from "../../lib/queue/retries";
import { transition } from "../../lib/queue/states";
import { backInLine } from "./complete";
import { recordFailure } from "./health";
import { alertOnFailure } from "../monitoring/alerts/fromJobs";
import { recordTurn } from "../monitoring/metrics/turns";
import { wakeDispatcher } from "./lanes";

const ROWS_PER_SWEEP = 100;

/**
 * Every minute: takes back what a dead worker held, and wakes the dispatcher when work is due.
 *
 * A job is lost when its lease is over, or when the function that was to run it has ended:
 * then nobody will ever report. The next attempt goes on from the stored position.
 */
export const sweep = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const now = Date.now();
    const processing = await ctx.db
      .query("syncJobs")
      .withIndex("by_status_leaseExpiresAt", (q) => q.eq("status", "processing"))
      .take(ROWS_PER_SWEEP);
    let recovered = 0;
    for (const job of processing) {
      if (!(await isLost(ctx, job, now))) continue;
      await recover(ctx, job, now);
      recovered += 1;
    }
    const due = await ctx.db
      .query("queueLanes")
      .withIndex("by_turnAt", (q) => q.lte("turnAt", now))
      .first();
    if (recovered > 0 || due !== null) await wakeDispatcher(ctx, now);
    return recovered;
  },
});

async function isLost(ctx: MutationCtx, job: Doc<"syncJobs">, now: number): Promise<boolean> {
  if (job.leaseExpiresAt === null || job.leaseExpiresAt <= now) return true;
  if (job.scheduledFunctionId === null) return true;
  const scheduled = await ctx.db.system.get(job.scheduledFunctionId);
  if (scheduled === null) return true;
  return scheduled.state.kind !== "pending" && scheduled.state.kind !== "inProgress";
}

async function recover(ctx: MutationCtx, job: Doc<"syncJobs">, now: number): Promise<void> {
  const failure = {
    kind: "unavailable" as const,
    code: "worker_lost",
    message: "The run was interrupted.",
    action: "Nothing to do: it goes on from where it was.",
    retryAfterMs: null,
  };
  const error = { code: failure.code, message: failure.message, retryable: true, at: now };
  const attempt = job.attempt + 1;
  if (!mayRetry(attempt, job.maxRetries)) {
    await ctx.db.patch(job._id, {
      attempt,
      status: transition(job.status, "failed"),
      leaseId: null,
      leaseExpiresAt: null,
      scheduledFunctionId: null,
      completedAt: now,
      error,
    });
    await recordFailure(ctx, job, failure);
    await alertOnFailure(ctx, job, failure);
    await recordTurn(ctx, job, { outcome: "failed", errorCode: failure.code });
    return;
  }
  await ctx.db.patch(job._id, { attempt, error });
  await backInLine(ctx, job, "retry", now);
  await recordTurn(ctx, job, { outcome: "retry", errorCode: failure.code });
}
