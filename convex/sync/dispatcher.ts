import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { transition } from "../../lib/queue/states";
import { syncTimeoutMs } from "../settings";
import { blockedUntil, noteProbe } from "./breaker";
import { leaveOrRequeue, SETTLED_MS } from "./lanes";
import { Slots, type Turn } from "./slots";

/** A lease outlives the action's own limit by this much: the action always stops first. */
const LEASE_MARGIN_MS = 60_000;
/** Waiting jobs of one organization that are looked at to find one that may run now. */
const LOOK_AHEAD = 50;

/**
 * Fills all free slots. It may find the line empty, not yet due, or all slots taken: then it
 * does nothing, for whoever changes that wakes it again. `at` is the time that it was woken for, or now: of several
 * that were woken for the same time, the first leaves nothing to do to the others.
 *
 * It lives a moment in the past (`SETTLED_MS`), and reads nothing of the line or of ended turns that is younger: what others
 * write meanwhile is not in what it has read, and it need not begin anew for it.
 */
export const dispatch = internalMutation({
  args: { at: v.optional(v.number()) },
  returns: v.number(),
  handler: async (ctx, { at = Date.now() }): Promise<number> => {
    const now = Math.min(at, Date.now()) - SETTLED_MS;
    if ((await dueLanes(ctx, now, 1)).length === 0) return 0;
    const slots = await Slots.at(ctx, now);
    let claimed = 0;
    let looked = 0;
    while (slots.free > 0) {
      const due = await dueLanes(ctx, now, slots.free + 1);
      const served = await serve(ctx, due, slots, { now, looked });
      looked += due.length;
      claimed += served;
      if (served === 0) break;
    }
    if (claimed > 0) await slots.keep(ctx);
    return claimed;
  },
});

async function dueLanes(ctx: MutationCtx, now: number, most: number): Promise<Doc<"queueLanes">[]> {
  return await ctx.db
    .query("queueLanes")
    .withIndex("by_turnAt", (q) => q.lte("turnAt", now))
    .take(most);
}

/**
 * One job for each lane, in the order of the line, as far as there are slots. A lane that is the only one due stays where it is while
 * it has more. Returns how many were claimed.
 */
async function serve(
  ctx: MutationCtx,
  lanes: Doc<"queueLanes">[],
  slots: Slots,
  { now, looked }: { now: number; looked: number },
): Promise<number> {
  let claimed = 0;
  for (const [index, lane] of lanes.slice(0, slots.free).entries()) {
    const { job, nextDueAt } = await nextOf(ctx, lane, now);
    if (job !== null) {
      slots.take(await claim(ctx, job));
      claimed += 1;
    }
    const isAlone = lanes.length === 1 && nextDueAt !== null && nextDueAt <= now;
    if (!isAlone) await leaveOrRequeue(ctx, lane, nextDueAt, { now, served: looked + index });
  }
  return claimed;
}

/**
 * The first job of a lane that may start, and when the next one is due; null where there is none. Nothing is read beyond the
 * first that is due after the one that may start: what is asked for meanwhile is mostly behind it.
 *
 * A job that is due but may not start waits for the one that runs on the same thing, whose end wakes the dispatcher, or for
 * a breaker: the lane is looked at again later, not at once.
 */
async function nextOf(
  ctx: MutationCtx,
  lane: Doc<"queueLanes">,
  now: number,
): Promise<{ job: Doc<"syncJobs"> | null; nextDueAt: number | null }> {
  const waiting = ctx.db
    .query("syncJobs")
    .withIndex("by_orgId_waiting_claimAt", (q) => q.eq("orgId", lane.orgId).eq("waiting", true));
  let claimable: Doc<"syncJobs"> | null = null;
  let looked = 0;
  let nextDueAt: number | null = null;
  for await (const job of waiting) {
    looked += 1;
    const startsAt = claimable === null ? await mayStartAt(ctx, job, now) : job.scheduledAt;
    if (claimable === null && startsAt <= now) claimable = job;
    else nextDueAt = Math.min(startsAt, nextDueAt ?? startsAt);
    if (looked === LOOK_AHEAD || (nextDueAt !== null && nextDueAt <= now)) break;
  }
  return { job: claimable, nextDueAt };
}

/** When a job may start, as far as is known now. */
async function mayStartAt(ctx: MutationCtx, job: Doc<"syncJobs">, now: number): Promise<number> {
  if (job.scheduledAt > now) return job.scheduledAt;
  const running = await ctx.db
    .query("syncJobs")
    .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", job.dedupeKey).eq("status", "processing"))
    .first();
  if (running !== null) return now + BLOCKED_LANE_MS;
  return (await blockedUntil(ctx, job.providerConfigId, now)) ?? job.scheduledAt;
}
const BLOCKED_LANE_MS = 5_000;

/** Hands a job to a worker. Its lease begins now, not when the line was read. */
async function claim(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<Turn> {
  const now = Date.now();
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
  return { jobId: job._id, leaseId, claimedAt: now };
}
