import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { transition } from "../../lib/queue/states";
import { dedupeKey } from "./enqueue";
import { wakeDispatcher } from "./lanes";
import { heldJob, letGo } from "./lease";

/*
 * Ends jobs that are of no use any more. A worker that has one finds its lease gone with the next write it wants to make, and stops.
 */

/** Jobs of one connection that are ended at once; what is left ends as soon as a worker looks at it. */
const ENDED_AT_ONCE = 200;
const WAITING = ["pending", "retry"] as const;
const UNFINISHED = [...WAITING, "processing"] as const;

/** Ends what waits for a connection that cannot be used now; a reconnect asks for it anew. */
export async function cancelWaiting(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">): Promise<void> {
  await endOf(ctx, providerConfigId, WAITING);
}

/** Ends what waits and what runs for a connection: nothing of it is read any more. */
export async function cancelUnfinished(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">): Promise<void> {
  await endOf(ctx, providerConfigId, UNFINISHED);
}

async function endOf(
  ctx: MutationCtx,
  providerConfigId: Id<"providerConfigs">,
  statuses: readonly (typeof UNFINISHED)[number][],
): Promise<void> {
  for (const status of statuses) {
    const jobs = await ctx.db
      .query("syncJobs")
      .withIndex("by_providerConfigId_status", (q) => q.eq("providerConfigId", providerConfigId).eq("status", status))
      .take(ENDED_AT_ONCE);
    for (const job of jobs) await end(ctx, job);
  }
}

/** Ends what waits and what runs for one calendar, and how it is watched. */
export async function cancelWorkOn(
  ctx: MutationCtx,
  calendar: { providerConfigId: Id<"providerConfigs">; calendarId: Id<"calendars"> },
): Promise<void> {
  for (const key of workKeys(calendar)) {
    for (const status of UNFINISHED) {
      const jobs = await ctx.db
        .query("syncJobs")
        .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", key).eq("status", status))
        .take(ENDED_AT_ONCE);
      for (const job of jobs) await end(ctx, job);
    }
  }
}

/** What the jobs on one calendar have in common: those that read it, and those that watch it. */
export function workKeys(calendar: { providerConfigId: Id<"providerConfigs">; calendarId: Id<"calendars"> }): string[] {
  return (["full_sync", "renew_subscription"] as const).map((type) => dedupeKey({ ...calendar, type }));
}

/** In the name of a run that has found nothing to do: the account rests, or what the job is about is gone. */
export const abandon = internalMutation({
  args: { jobId: v.id("syncJobs"), leaseId: v.string() },
  returns: v.null(),
  handler: async (ctx, lease) => {
    const job = await heldJob(ctx, lease);
    if (job !== null) await end(ctx, job);
    return null;
  },
});

async function end(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<void> {
  const runs = job.status === "processing";
  await ctx.db.patch(job._id, {
    ...(runs ? letGo() : {}),
    status: transition(job.status, "cancelled"),
    waiting: false,
    completedAt: Date.now(),
  });
  if (runs) await wakeDispatcher(ctx, Date.now());
}
