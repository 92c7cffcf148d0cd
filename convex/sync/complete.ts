import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { backoffMs } from "../../lib/queue/backoff";
import { claimOrderAt } from "../../lib/queue/priority";
import { mayRetry } from "../../lib/queue/retries";
import { transition } from "../../lib/queue/states";
import { syncTokenOf } from "../calendars/progress";
import { forgetCursor } from "../calendars/rebuild";
import { afterGone, afterSync } from "../webhooks/afterSync";
import { alertOnFailure, alertOnHeld, alertOnSuccess } from "../monitoring/alerts/fromJobs";
import { recordTurn, usage, type Usage } from "../monitoring/metrics/turns";
import { runCounts } from "../validators/job";
import { providerFailure } from "../validators/problem";
import { closeBreaker, countFailure } from "./breaker";
import { findWaiting } from "./enqueue";
import { recordFailure, recordSuccess } from "./health";
import { joinLine, wakeDispatcher } from "./lanes";
import { heldJob, letGo } from "./lease";

type Failure = Infer<typeof providerFailure>;

const lease = { jobId: v.id("syncJobs"), leaseId: v.string() };
/** What the turn has cost. */
const cost = { usage: v.optional(usage) };

/** The worker did all there was to do. */
export const succeed = internalMutation({
  args: { ...lease, ...cost, result: runCounts },
  returns: v.null(),
  handler: async (ctx, { result, usage, ...held }) => {
    const job = await heldJob(ctx, held);
    if (job === null) return null;
    await ctx.db.patch(job._id, {
      ...letGo(),
      status: transition(job.status, "completed"),
      completedAt: Date.now(),
      result: { ...result, ...usage },
      error: null,
    });
    // A job that watches is done also where the provider did not answer.
    if (job.type !== "renew_subscription") await closeBreaker(ctx, job.providerConfigId);
    await recordSuccess(ctx, job);
    await alertOnSuccess(ctx, job);
    const changes = result.upserted + result.deleted;
    await afterSync(ctx, job, changes);
    await recordTurn(ctx, job, { outcome: "success", usage, syncType: result.syncType, changes });
    await makeRoom(ctx, job);
    return null;
  },
});

/** The worker ran into something: retry it later, or end it as a dead letter. */
export const fail = internalMutation({
  args: { ...lease, ...cost, failure: providerFailure },
  returns: v.null(),
  handler: async (ctx, { failure, usage, ...held }) => {
    const job = await heldJob(ctx, held);
    if (job !== null) await endInFailure(ctx, job, failure, usage);
    return null;
  },
});

async function endInFailure(ctx: MutationCtx, job: Doc<"syncJobs">, failure: Failure, usage?: Usage): Promise<void> {
  if (failure.kind === "unavailable") await countFailure(ctx, job.providerConfigId);
  const outcome = await endAttempt(ctx, job, failure);
  await recordFailure(ctx, job, failure);
  await alertOnFailure(ctx, job, failure);
  await recordTurn(ctx, job, { outcome, usage, errorCode: failure.code });
  if (failure.code === "calendar_gone") await afterGone(ctx, job);
  await makeRoom(ctx, job);
}

/** The mass-delete brake stopped the run: it is over, and says why, but nothing failed. */
export async function endHeld(
  ctx: MutationCtx,
  job: Doc<"syncJobs">,
  deletions: number,
  usage?: Usage,
): Promise<void> {
  const now = Date.now();
  await ctx.db.patch(job._id, {
    ...letGo(),
    status: transition(job.status, "completed"),
    completedAt: now,
    error: {
      code: "deletions_held",
      message: `${deletions} deletions wait for a person to let them through.`,
      retryable: false,
      at: now,
    },
  });
  await alertOnHeld(ctx, job, deletions);
  await recordTurn(ctx, job, { outcome: "held", usage });
  await makeRoom(ctx, job);
}

/**
 * The worker's time is up, or the account has made its calls of this minute: its position is stored, the rest is done in the
 * next turn, `afterMs` from now at the earliest. That is no failure.
 */
export const yieldTurn = internalMutation({
  args: { ...lease, ...cost, afterMs: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { usage, afterMs = 0, ...held }) => {
    const job = await heldJob(ctx, held);
    if (job === null) return null;
    await backInLine(ctx, job, "pending", Date.now() + afterMs);
    await recordTurn(ctx, job, { outcome: "continued", usage });
    await makeRoom(ctx, job);
    return null;
  },
});

/**
 * The cursor is no longer valid: the next turn reads the calendar in full. Where it was a full read already that the provider
 * did not let come to its end, it begins again as after any other failure: not at once, and not for ever.
 */
export const startOver = internalMutation({
  args: { ...lease, ...cost },
  returns: v.null(),
  handler: async (ctx, { usage, ...held }) => {
    const job = await heldJob(ctx, held);
    if (job === null || job.calendarId === null) return null;
    const wasFull = (await syncTokenOf(ctx, job.calendarId))?.complete === false;
    await forgetCursor(ctx, job.calendarId);
    if (wasFull) {
      await endInFailure(ctx, job, BROKEN_OFF, usage);
      return null;
    }
    await ctx.db.patch(job._id, { type: "full_sync" });
    await backInLine(ctx, job, "pending", Date.now());
    await recordTurn(ctx, job, { outcome: "continued", usage });
    return null;
  },
});

const BROKEN_OFF: Failure = {
  kind: "unavailable",
  code: "listing_broken_off",
  message: "The provider did not go on with a listing that it had begun.",
  action: "Nothing to do: LinearTime tries again by itself, from the beginning.",
  retryAfterMs: null,
};

async function endAttempt(
  ctx: MutationCtx,
  job: Doc<"syncJobs">,
  failure: Failure,
): Promise<"retry" | "failed"> {
  const now = Date.now();
  const canPass = failure.kind === "rateLimited" || failure.kind === "unavailable";
  const error = { code: failure.code, message: failure.message, retryable: canPass, at: now };
  const attempt = job.attempt + 1;
  if (!canPass || !mayRetry(attempt, job.maxRetries)) {
    await ctx.db.patch(job._id, {
      ...letGo(),
      status: transition(job.status, "failed"),
      completedAt: now,
      attempt,
      error,
    });
    return "failed";
  }
  const config = await ctx.db.get(job.providerConfigId);
  const delayMs = backoffMs({
    provider: config?.provider ?? "",
    attempt,
    retryAfterMs: failure.retryAfterMs,
    random: Math.random(),
  });
  await ctx.db.patch(job._id, { attempt, error });
  if (failure.kind === "rateLimited") await holdBack(ctx, job.dedupeKey, { attempt, dueAt: now + delayMs });
  await backInLine(ctx, job, "retry", now + delayMs);
  return "retry";
}

/** The provider asked to slow down: what was asked for while it did, and goes on in place of this run, waits as long as that would. */
async function holdBack(ctx: MutationCtx, key: string, { attempt, dueAt }: { attempt: number; dueAt: number }): Promise<void> {
  const sameWork = await findWaiting(ctx, key);
  if (sameWork === null) return;
  const scheduledAt = Math.max(sameWork.scheduledAt, dueAt);
  await ctx.db.patch(sameWork._id, {
    scheduledAt,
    claimAt: claimOrderAt(scheduledAt, sameWork.priority),
    attempt: Math.max(sameWork.attempt, Math.min(attempt, sameWork.maxRetries)),
  });
}

/**
 * Gives a job up without an outcome, to be claimed again from `dueAt` on. Where the same work
 * was asked for while it ran, that job goes on in its place: only one may wait.
 */
export async function backInLine(
  ctx: MutationCtx,
  job: Doc<"syncJobs">,
  status: "pending" | "retry",
  dueAt: number,
): Promise<void> {
  const sameWork = await findWaiting(ctx, job.dedupeKey);
  if (sameWork !== null) {
    await ctx.db.patch(job._id, {
      ...letGo(),
      status: transition(job.status, "cancelled"),
      completedAt: Date.now(),
    });
    await joinLine(ctx, job.orgId, sameWork.scheduledAt);
    return;
  }
  await ctx.db.patch(job._id, {
    ...letGo(),
    status: transition(job.status, status),
    waiting: true,
    scheduledAt: dueAt,
    claimAt: claimOrderAt(dueAt, job.priority),
  });
  await joinLine(ctx, job.orgId, dueAt);
}

/** A slot is free, and what waited for this very job need wait no longer. */
async function makeRoom(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<void> {
  const next = await findWaiting(ctx, job.dedupeKey);
  if (next !== null) await joinLine(ctx, job.orgId, next.scheduledAt);
  await wakeDispatcher(ctx, Date.now());
}
