import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { transition } from "../../lib/queue/states";
import { concurrentJobs, syncTimeoutMs } from "../settings";
import { leaveOrRequeue } from "./lanes";

/** A lease outlives the action's own limit by this much: the action always stops first. */
const LEASE_MARGIN_MS = 60_000;
/** Waiting jobs of one organization that are looked at to find one that may run now. */
const LOOK_AHEAD = 50;

/**
 * Fills all free slots. It may find the line empty, not yet due, or all slots taken: then it
 * does nothing, for whoever changes that wakes it again. Two runs at once are harmless.
 */
export const dispatch = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const now = Date.now();
    let claimed = 0;
    for (let free = await freeSlots(ctx); free > 0; ) {
      const due = await ctx.db
        .query("queueLanes")
        .withIndex("by_turnAt", (q) => q.lte("turnAt", now))
        .take(free);
      const served = await serve(ctx, due, now);
      if (served === 0) break;
      free -= served;
      claimed += served;
    }
    return claimed;
  },
});

async function freeSlots(ctx: MutationCtx): Promise<number> {
  const slots = concurrentJobs();
  const taken = await ctx.db
    .query("syncJobs")
    .withIndex("by_status_leaseExpiresAt", (q) => q.eq("status", "processing"))
    .take(slots);
  return slots - taken.length;
}

/** One job for each lane, in the order of the line. Returns how many were claimed. */
async function serve(ctx: MutationCtx, lanes: Doc<"queueLanes">[], now: number): Promise<number> {
  let claimed = 0;
  for (const lane of lanes) {
    const waiting = await ctx.db
      .query("syncJobs")
      .withIndex("by_orgId_waiting_claimAt", (q) => q.eq("orgId", lane.orgId).eq("waiting", true))
      .take(LOOK_AHEAD);
    const job = await firstClaimable(ctx, waiting, now);
    if (job !== null) {
      await claim(ctx, job, now);
      claimed += 1;
    }
    await leaveOrRequeue(ctx, lane, nextDueAt(waiting, job, now), now);
  }
  return claimed;
}

async function firstClaimable(
  ctx: MutationCtx,
  waiting: Doc<"syncJobs">[],
  now: number,
): Promise<Doc<"syncJobs"> | null> {
  for (const job of waiting) {
    if (job.scheduledAt > now) continue;
    const running = await ctx.db
      .query("syncJobs")
      .withIndex("by_dedupeKey_status", (q) =>
        q.eq("dedupeKey", job.dedupeKey).eq("status", "processing"),
      )
      .first();
    if (running === null) return job;
  }
  return null;
}

/**
 * When the lane's next job is due; null when nothing waits. A job that was due but could not
 * be claimed waits for the one that runs on the same thing, whose end wakes the dispatcher;
 * until then the lane is looked at again within seconds, not at once.
 */
function nextDueAt(
  waiting: Doc<"syncJobs">[],
  claimed: Doc<"syncJobs"> | null,
  now: number,
): number | null {
  const rest = waiting.filter((job) => job._id !== claimed?._id);
  if (rest.length === 0) return null;
  const dueAt = Math.min(...rest.map((job) => job.scheduledAt));
  return claimed === null && dueAt <= now ? now + BLOCKED_LANE_MS : dueAt;
}
const BLOCKED_LANE_MS = 5_000;

async function claim(ctx: MutationCtx, job: Doc<"syncJobs">, now: number): Promise<void> {
  const leaseId = crypto.randomUUID();
  const scheduledFunctionId: Id<"_scheduled_functions"> = await ctx.scheduler.runAfter(
    0,
    internal.sync.worker.run,
    { jobId: job._id, leaseId },
  );
  await ctx.db.patch(job._id, {
    status: transition(job.status, "processing"),
    waiting: false,
    leaseId,
    leaseExpiresAt: now + syncTimeoutMs() + LEASE_MARGIN_MS,
    scheduledFunctionId,
    startedAt: now,
  });
}
