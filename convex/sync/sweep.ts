import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalAction, internalMutation, internalQuery, type MutationCtx, type QueryCtx } from "../_generated/server";
import { mayRetry } from "../../lib/queue/retries";
import { transition } from "../../lib/queue/states";
import { backInLine } from "./complete";
import { recordFailure } from "./health";
import { alertOnFailure } from "../monitoring/alerts/fromJobs";
import { recordTurn } from "../monitoring/metrics/turns";
import { joinLine, wakeDispatcher } from "./lanes";
import { letGo } from "./lease";

const ROWS_PER_SWEEP = 100;

/** What has been due for that long has been looked at, and waits for a slot or for another job; where it has not, it is now. */
const OVERLOOKED_AFTER_MS = 60_000;

/**
 * Every minute: takes back what dead workers held, and has the dispatcher look for work that is due. Looking is a
 * query and each job is taken back by itself, so that no end of a run that falls into it makes all of it begin anew.
 * Returns how many were taken back.
 */
export const sweep = internalAction({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    let recovered = 0;
    const jobIds: Id<"syncJobs">[] = await ctx.runQuery(internal.sync.sweep.lost, {});
    for (const jobId of jobIds) {
      const isRecovered: boolean = await ctx.runMutation(internal.sync.sweep.recover, { jobId });
      if (isRecovered) recovered += 1;
    }
    const orgIds: Id<"organizations">[] = await ctx.runQuery(internal.sync.sweep.overdue, {});
    if (orgIds.length > 0) await ctx.runMutation(internal.sync.sweep.lineUp, { orgIds });
    await ctx.runMutation(internal.sync.dispatcher.dispatch, {});
    return recovered;
  },
});

/**
 * A job is lost when its lease is over, or when the function that was to run it has ended:
 * then nobody will ever report. The next attempt goes on from the stored position.
 */
export const lost = internalQuery({
  args: {},
  returns: v.array(v.id("syncJobs")),
  handler: async (ctx) => {
    const processing = await ctx.db
      .query("syncJobs")
      .withIndex("by_status_leaseExpiresAt", (q) => q.eq("status", "processing"))
      .take(ROWS_PER_SWEEP);
    const found: Id<"syncJobs">[] = [];
    for (const job of processing) {
      if (await isLost(ctx, job, Date.now())) found.push(job._id);
    }
    return found;
  },
});

/** Takes one lost job back; false where it was not lost after all. */
export const recover = internalMutation({
  args: { jobId: v.id("syncJobs") },
  returns: v.boolean(),
  handler: async (ctx, { jobId }) => {
    const now = Date.now();
    const job = await ctx.db.get(jobId);
    if (job === null || job.status !== "processing" || !(await isLost(ctx, job, now))) return false;
    await takeBack(ctx, job, now);
    await wakeDispatcher(ctx, now);
    return true;
  },
});

/** Organizations with work that has been due for long. */
export const overdue = internalQuery({
  args: {},
  returns: v.array(v.id("organizations")),
  handler: async (ctx) => {
    const jobs = await ctx.db
      .query("syncJobs")
      .withIndex("by_waiting_scheduledAt", (q) => q.eq("waiting", true).lte("scheduledAt", Date.now() - OVERLOOKED_AFTER_MS))
      .take(ROWS_PER_SWEEP);
    return [...new Set(jobs.map(({ orgId }) => orgId))];
  },
});

/** Puts organizations in line, whether or not they stand there already. */
export const lineUp = internalMutation({
  args: { orgIds: v.array(v.id("organizations")) },
  returns: v.null(),
  handler: async (ctx, { orgIds }) => {
    for (const orgId of orgIds) await joinLine(ctx, orgId, Date.now());
    return null;
  },
});

async function isLost(ctx: Pick<QueryCtx, "db">, job: Doc<"syncJobs">, now: number): Promise<boolean> {
  if (job.leaseExpiresAt === null || job.leaseExpiresAt <= now) return true;
  if (job.scheduledFunctionId === null) return true;
  const scheduled = await ctx.db.system.get(job.scheduledFunctionId);
  if (scheduled === null) return true;
  return scheduled.state.kind !== "pending" && scheduled.state.kind !== "inProgress";
}

async function takeBack(ctx: MutationCtx, job: Doc<"syncJobs">, now: number): Promise<void> {
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
      ...letGo(),
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
