import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { transition } from "../../lib/queue/states";
import { concurrentJobs, syncTimeoutMs } from "../settings";
import { blockedUntil, noteProbe } from "./breaker";
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
    let looked = 0;
    for (let free = await freeSlots(ctx); free > 0; ) {
      const due = await ctx.db
        .query("queueLanes")
        .withIndex("by_turnAt", (q) => q.lte("turnAt", now))
        .take(free);
      const served = await serve(ctx, due, { now, looked });
      looked += due.length;
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
async function serve(
  ctx: MutationCtx,
  lanes: Doc<"queueLanes">[],
  { now, looked }: { now: number; looked: number },
): Promise<number> {
  let claimed = 0;
  for (const [index, lane] of lanes.entries()) {
    const waiting = await ctx.db
      .query("syncJobs")
      .withIndex("by_orgId_waiting_claimAt", (q) => q.eq("orgId", lane.orgId).eq("waiting", true))
      .take(LOOK_AHEAD);
    const { job, blockedUntil } = await firstClaimable(ctx, waiting, now);
    if (job !== null) {
      await claim(ctx, job, now);
      claimed += 1;
    }
    const dueAt = nextDueAt(waiting, job, blockedUntil ?? now + BLOCKED_LANE_MS, now);
    await leaveOrRequeue(ctx, lane, dueAt, { now, served: looked + index });
  }
  return claimed;
}

/** The first job that may start, or until when an open breaker holds all of them (null where something else does). */
async function firstClaimable(
  ctx: MutationCtx,
  waiting: Doc<"syncJobs">[],
  now: number,
): Promise<{ job: Doc<"syncJobs"> | null; blockedUntil: number | null }> {
  const held: (number | null)[] = [];
  for (const job of waiting) {
    if (job.scheduledAt > now) continue;
    const running = await ctx.db
      .query("syncJobs")
      .withIndex("by_dedupeKey_status", (q) =>
        q.eq("dedupeKey", job.dedupeKey).eq("status", "processing"),
      )
      .first();
    const until = running === null ? await blockedUntil(ctx, job.providerConfigId, now) : null;
    if (running === null && until === null) return { job, blockedUntil: null };
    held.push(until);
  }
  const times = held.filter((until) => until !== null);
  return { job: null, blockedUntil: times.length === held.length && times.length > 0 ? Math.min(...times) : null };
}

/**
 * When the lane's next job is due; null when nothing waits. A job that was due but could not
 * be claimed waits for the one that runs on the same thing, whose end wakes the dispatcher, or for
 * a breaker: the lane is looked at again at `againAt`, not at once.
 */
function nextDueAt(
  waiting: Doc<"syncJobs">[],
  claimed: Doc<"syncJobs"> | null,
  againAt: number,
  now: number,
): number | null {
  const rest = waiting.filter((job) => job._id !== claimed?._id);
  if (rest.length === 0) return null;
  const dueAt = Math.min(...rest.map((job) => job.scheduledAt));
  return claimed === null && dueAt <= now ? againAt : dueAt;
}
const BLOCKED_LANE_MS = 5_000;

async function claim(ctx: MutationCtx, job: Doc<"syncJobs">, now: number): Promise<void> {
  await noteProbe(ctx, job.providerConfigId, now);
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
