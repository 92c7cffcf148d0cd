import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { JOB_PRIORITIES } from "../../lib/queue/job";
import { claimOrderAt } from "../../lib/queue/priority";
import { transition } from "../../lib/queue/states";
import { syncTimeoutMs } from "../settings";
import { blockedUntil, noteProbe } from "./breaker";
import { joinLine, Line, momentOf } from "./lanes";
import { Slots, type Turn } from "./slots";

/** A lease outlives the action's own limit by this much: the action always stops first. */
const LEASE_MARGIN_MS = 60_000;
/** Waiting jobs of one organization that are looked at to find one that may run now. */
const LOOK_AHEAD = 50;

/**
 * Fills all free slots. It may find the line empty, not yet due, or all slots taken: then it
 * does nothing, for whoever changes that wakes it again. `at` is the time that it was woken for.
 *
 * It lives a moment in the past, and reads nothing of the line or of ended turns that is younger: what others
 * write meanwhile is not in what it has read, and it need not begin anew for it.
 */
export const dispatch = internalMutation({
  args: { at: v.optional(v.number()) },
  returns: v.number(),
  handler: async (ctx, { at = 0 }): Promise<number> => {
    const moment = momentOf(at);
    const { now } = moment;
    const line = await Line.at(ctx, moment);
    if (line.isEmpty) return 0;
    const slots = await Slots.at(ctx, now);
    let claimed = 0;
    while (slots.free > 0 && !line.isEmpty) {
      await line.serve(async (orgId) => {
        const { job, nextDueAt } = await nextOf(ctx, orgId, now);
        if (job !== null) {
          slots.take(await claim(ctx, job));
          claimed += 1;
        }
        return { nextDueAt };
      });
    }
    await line.keep(ctx);
    if (claimed > 0) await slots.keep(ctx);
    return claimed;
  },
});

/**
 * The first job of an organization that may start, and when it may have another turn; null where nothing of it is due.
 *
 * A job that is due but may not start waits for the one that runs on the same thing, whose end wakes the dispatcher, or for
 * a breaker: the organization is looked at again later, not at once.
 */
async function nextOf(
  ctx: MutationCtx,
  orgId: Id<"organizations">,
  now: number,
): Promise<{ job: Doc<"syncJobs"> | null; nextDueAt: number | null }> {
  let claimable: Doc<"syncJobs"> | null = null;
  let looked = 0;
  let nextDueAt: number | null = null;
  const paused: PutOff[] = [];
  for await (const job of inClaimOrder(ctx, orgId, now)) {
    looked += 1;
    const hindrance = claimable === null ? await hindranceOf(ctx, job, now) : null;
    if (claimable === null && hindrance === null) claimable = job;
    else nextDueAt = Math.min(hindrance?.until ?? now, nextDueAt ?? Infinity);
    if (hindrance?.kind === "breaker") paused.push({ job, until: hindrance.until });
    if (looked === LOOK_AHEAD || (nextDueAt !== null && nextDueAt <= now)) break;
  }
  if (claimable === null && looked === LOOK_AHEAD && paused.length > 0) {
    await putOff(ctx, paused);
    // What they stood before has its turn as soon as may be.
    nextDueAt = now + 1;
  }
  return { job: claimable, nextDueAt };
}

/** A job of an account that is left alone, and until when. */
interface PutOff {
  job: Doc<"syncJobs">;
  until: number;
}

/** Lets jobs that stand before all others of their organization, and cannot start, be due when they can. */
async function putOff(ctx: MutationCtx, paused: readonly PutOff[]): Promise<void> {
  for (const { job, until } of paused) {
    await ctx.db.patch(job._id, { scheduledAt: until, claimAt: claimOrderAt(until, job.priority) });
    await joinLine(ctx, job.orgId, until);
  }
}

/** The due jobs of an organization. Each priority is read by itself and no further than to `now`: beyond is what others add. */
async function* inClaimOrder(ctx: MutationCtx, orgId: Id<"organizations">, now: number): AsyncGenerator<Doc<"syncJobs">> {
  const streams = JOB_PRIORITIES.map((priority) =>
    ctx.db
      .query("syncJobs")
      .withIndex("by_orgId_waiting_priority_scheduledAt", (q) => q.eq("orgId", orgId).eq("waiting", true).eq("priority", priority).lte("scheduledAt", now))
      [Symbol.asyncIterator](),
  );
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    let first: { index: number; job: Doc<"syncJobs"> } | null = null;
    for (const [index, head] of heads.entries()) {
      if (head.done !== true && (first === null || head.value.claimAt < first.job.claimAt)) first = { index, job: head.value };
    }
    if (first === null) return;
    yield first.job;
    const stream = streams[first.index];
    if (stream !== undefined) heads[first.index] = await stream.next();
  }
}

/** What keeps a job that is due from starting, as far as is known now; null where nothing does. */
async function hindranceOf(ctx: MutationCtx, job: Doc<"syncJobs">, now: number): Promise<{ kind: "run" | "breaker"; until: number } | null> {
  const running = await ctx.db
    .query("syncJobs")
    .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", job.dedupeKey).eq("status", "processing"))
    .first();
  if (running !== null) return { kind: "run", until: now + BLOCKED_MS };
  const until = await blockedUntil(ctx, job.providerConfigId, now);
  return until === null ? null : { kind: "breaker", until };
}
const BLOCKED_MS = 5_000;

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
