import type { Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { syncStateOf } from "../calendars/progress";
import type { issue, providerFailure } from "../validators/problem";
import { cancelWaiting } from "./endWork";

/*
 * What a run's end means for its calendar and its connection. Rows are written only where
 * something changes, so that a calm connection stays a quiet row.
 */

type Issue = Infer<typeof issue>;
type Failure = Infer<typeof providerFailure>;

/** The run reached its end: the calendar (or the whole connection) is in step. */
export async function recordSuccess(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<void> {
  if (job.type === "renew_subscription") return;
  const now = Date.now();
  if (job.calendarId === null) {
    await setStatus(ctx, job.providerConfigId, "active", null);
    return;
  }
  const state = await syncStateOf(ctx, job.calendarId);
  if (state === null) return;
  await ctx.db.patch(state._id, {
    phase: "synced",
    progress: null,
    error: null,
    held: null,
    releasedDeletions: null,
    lastSuccessAt: now,
    lastAttemptAt: now,
  });
}

/** The run stopped. Shown at once, also while a retry is on its way. */
export async function recordFailure(
  ctx: MutationCtx,
  job: Doc<"syncJobs">,
  failure: Failure,
): Promise<void> {
  const problem = { code: failure.code, message: failure.message, action: failure.action };
  if (job.type === "renew_subscription" && failure.kind !== "authRevoked") return;
  if (job.calendarId !== null) await recordOnCalendar(ctx, job, problem);
  if (failure.kind === "authRevoked") {
    await setStatus(ctx, job.providerConfigId, "reconnect_required", problem);
    await cancelWaiting(ctx, job.providerConfigId);
  } else if (job.calendarId === null && failure.code !== "worker_lost") {
    await setStatus(ctx, job.providerConfigId, "degraded", problem);
  }
}

async function recordOnCalendar(
  ctx: MutationCtx,
  job: Doc<"syncJobs">,
  problem: Issue,
): Promise<void> {
  const state = job.calendarId && (await syncStateOf(ctx, job.calendarId));
  if (!state) return;
  const current = await ctx.db.get(job._id);
  await ctx.db.patch(state._id, {
    error: problem,
    lastAttemptAt: Date.now(),
    ...(current?.status === "failed" ? { phase: "failed" as const } : {}),
  });
}

async function setStatus(
  ctx: MutationCtx,
  providerConfigId: Id<"providerConfigs">,
  status: "active" | "degraded" | "reconnect_required",
  reason: Issue | null,
): Promise<void> {
  const state = await ctx.db
    .query("connectionState")
    .withIndex("by_providerConfigId", (q) => q.eq("providerConfigId", providerConfigId))
    .unique();
  if (state === null || state.status === "disconnecting" || state.status === "paused") return;
  // Runs that began before the sign-in was refused may still come to their end: it takes a person to make it good.
  if (state.status === "reconnect_required" && status !== "reconnect_required") return;
  if (state.status === status && state.reason?.code === reason?.code) return;
  await ctx.db.patch(state._id, {
    status,
    reason,
    ...(status === "reconnect_required" ? { nextSyncAt: null } : {}),
  });
}
