import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";

/*
 * The line of organizations with waiting work. An organization stands in it once, however
 * much it has waiting, and where others stand there too it goes to the back after each claim: a
 * noisy one is stepped over, never scanned past.
 *
 * The dispatcher is woken by whoever moves a lane's turn to an earlier time. Where the turn
 * was as early already, somebody has woken it for that.
 */

/** Puts an organization in line for `dueAt`, or for now where that has passed, and wakes the dispatcher for it. */
export async function joinLine(
  ctx: MutationCtx,
  orgId: Id<"organizations">,
  dueAt: number,
): Promise<void> {
  const lane = await ctx.db
    .query("queueLanes")
    .withIndex("by_orgId", (q) => q.eq("orgId", orgId))
    .unique();
  const turnAt = Math.max(dueAt, Date.now());
  if (lane === null) {
    await ctx.db.insert("queueLanes", { orgId, turnAt, lastServedAt: 0 });
    await wakeDispatcher(ctx, turnAt);
    return;
  }
  if (turnAt >= lane.turnAt) return;
  await ctx.db.patch(lane._id, { turnAt });
  await wakeDispatcher(ctx, turnAt);
}

/**
 * After a claim, the `served`th of this dispatch: to the back of the line, or out of it when nothing waits any more. Of lanes
 * whose turn is due at the same time, the one that was served longest ago stands before the others.
 */
export async function leaveOrRequeue(
  ctx: MutationCtx,
  lane: Doc<"queueLanes">,
  nextDueAt: number | null,
  { now, served }: { now: number; served: number },
): Promise<void> {
  if (nextDueAt === null) {
    await ctx.db.delete(lane._id);
    return;
  }
  const turnAt = Math.max(nextDueAt, now);
  await ctx.db.patch(lane._id, { turnAt, lastServedAt: now + served / LANES_PER_DISPATCH });
  if (turnAt > now) await wakeDispatcher(ctx, turnAt);
}
/** More than one dispatch serves. */
const LANES_PER_DISPATCH = 1_024;

/** The dispatcher looks at what is due by `at` as soon as that has settled; what wakes it at about the same time wakes it once. */
export async function wakeDispatcher(ctx: MutationCtx, at: number): Promise<void> {
  const settledAt = Math.max(at, Date.now()) + SETTLED_MS;
  const wakeAt = Math.ceil(settledAt / WAKE_EVERY_MS) * WAKE_EVERY_MS;
  await ctx.scheduler.runAt(wakeAt, internal.sync.dispatcher.dispatch, { at: wakeAt });
}
/** Longer than a transaction usually takes from its beginning to its commit: what was written for a time that long ago is there. */
export const SETTLED_MS = 40;
/** Dispatches begin this far apart, several at once being as good as one: time enough for one to commit before the next begins. */
const WAKE_EVERY_MS = 50;
