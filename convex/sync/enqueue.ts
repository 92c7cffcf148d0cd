import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { claimOrderAt, moreUrgent } from "../../lib/queue/priority";
import { maxRetries } from "../../lib/queue/retries";
import { retryCap } from "../settings";
import { joinLine } from "./lanes";

/** Work to be done: on one calendar, or on a connection as a whole when `calendarId` is null. */
export interface Work {
  orgId: Id<"organizations">;
  providerConfigId: Id<"providerConfigs">;
  calendarId: Id<"calendars"> | null;
  type: Doc<"syncJobs">["type"];
  priority: Doc<"syncJobs">["priority"];
}

/** Jobs with the same key work on the same thing: one waits, one runs. How a calendar is watched is another thing than what is in it. */
export function dedupeKey({ providerConfigId, calendarId, type }: Pick<Work, "providerConfigId" | "calendarId" | "type">): string {
  const about = calendarId === null ? `connection:${providerConfigId}` : `calendar:${calendarId}`;
  return type === "renew_subscription" ? `watch:${about}` : about;
}

/**
 * Asks for work to be done as soon as its turn comes. When the same work waits already it is
 * joined instead: it becomes as urgent and as early as the more urgent of the two. With `apartMs` it
 * is not begun earlier than so many milliseconds after the same work was begun before, and what waits for a later time
 * (for that reason, or after a failure) is not brought forward.
 */
export async function enqueue(
  ctx: MutationCtx,
  work: Work,
  { apartMs = 0 }: { apartMs?: number } = {},
): Promise<{ jobId: Id<"syncJobs">; joined: boolean }> {
  const now = Date.now();
  const key = dedupeKey(work);
  const waiting = await findWaiting(ctx, key);
  if (waiting !== null) {
    const scheduledAt = Math.min(waiting.scheduledAt, apartMs === 0 ? now : Math.max(now, waiting.scheduledAt));
    const priority = moreUrgent(waiting.priority, work.priority);
    if (scheduledAt < waiting.scheduledAt || priority !== waiting.priority) {
      const type = moreTelling(waiting.type, work.type);
      await ctx.db.patch(waiting._id, { type, priority, scheduledAt, claimAt: claimOrderAt(scheduledAt, priority) });
    }
    if (scheduledAt < waiting.scheduledAt) await joinLine(ctx, work.orgId, scheduledAt);
    return { jobId: waiting._id, joined: true };
  }
  const config = await ctx.db.get(work.providerConfigId);
  const scheduledAt = apartMs === 0 ? now : Math.max(now, (await lastBegunAt(ctx, key)) + apartMs);
  const jobId = await ctx.db.insert("syncJobs", {
    ...work,
    ownerUserId: config?.ownerUserId,
    provider: config?.provider,
    scheduledAt,
    claimAt: claimOrderAt(scheduledAt, work.priority),
    status: "pending",
    dedupeKey: key,
    waiting: true,
    attempt: 0,
    maxRetries: maxRetries(work.type, retryCap()),
    leaseId: null,
    leaseExpiresAt: null,
    scheduledFunctionId: null,
    startedAt: null,
    completedAt: null,
    result: null,
    error: null,
  });
  await joinLine(ctx, work.orgId, scheduledAt);
  return { jobId, joined: false };
}

/** When the same work was last begun, epoch milliseconds; 0 where that is not known. */
async function lastBegunAt(ctx: MutationCtx, key: string): Promise<number> {
  let lastAt = 0;
  for (const status of ["processing", "completed"] as const) {
    const job = await ctx.db
      .query("syncJobs")
      .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", key).eq("status", status))
      .order("desc")
      .first();
    lastAt = Math.max(lastAt, job?.startedAt ?? 0);
  }
  return lastAt;
}

/** Of two reasons for the same work, the one to remember: a full read stays one, whoever else asks. */
function moreTelling(waiting: Work["type"], asked: Work["type"]): Work["type"] {
  return waiting === "full_sync" ? waiting : asked;
}

/** The job that waits for its turn on the same thing, or null. */
export async function findWaiting(ctx: MutationCtx, key: string): Promise<Doc<"syncJobs"> | null> {
  for (const status of ["pending", "retry"] as const) {
    const job = await ctx.db
      .query("syncJobs")
      .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", key).eq("status", status))
      .first();
    if (job !== null) return job;
  }
  return null;
}
