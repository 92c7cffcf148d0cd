import { ConvexError, v } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import { mutation, type MutationCtx } from "../../_generated/server";
import type { Caller } from "../../accounts/caller";
import type { AuditAction } from "../../../lib/monitoring/audit-actions";
import { transition } from "../../../lib/queue/states";
import { scope } from "../access";
import { audit } from "../audit";
import { closeIfNoneLeft, discard, replay } from "./deadLetters";
import { requireJob } from "./inspect";

/*
 * What a person decides about one job. A job that meanwhile went on is left alone, and the person is told so.
 */

const args = { scope, jobId: v.string() };

/** Asks for a dead letter's work anew. @throws ConvexError `not_found`, `not_a_dead_letter`, `not_connected` */
export const retry = mutation({
  args,
  returns: v.null(),
  handler: async (ctx, wanted) => {
    const { caller, job } = await requireDeadLetter(ctx, wanted);
    if (!(await replay(ctx, job, "critical"))) {
      throw new ConvexError({
        code: "not_connected",
        message: "This account has to be reconnected or resumed before its work can be retried.",
      });
    }
    await settled(ctx, caller, job, "job_retried");
    return null;
  },
});

/** Takes a dead letter off the list for good. @throws ConvexError `not_found`, `not_a_dead_letter` */
export const remove = mutation({
  args,
  returns: v.null(),
  handler: async (ctx, wanted) => {
    const { caller, job } = await requireDeadLetter(ctx, wanted);
    await discard(ctx, job);
    await settled(ctx, caller, job, "job_discarded");
    return null;
  },
});

/** Ends a job that waits for its turn. @throws ConvexError `not_found`, `not_waiting` */
export const cancel = mutation({
  args,
  returns: v.null(),
  handler: async (ctx, wanted) => {
    const { caller, job } = await requireJob(ctx, wanted);
    if (!job.waiting) {
      throw new ConvexError({ code: "not_waiting", message: "Only a job that waits can be cancelled; this one does not any more." });
    }
    await ctx.db.patch(job._id, {
      status: transition(job.status, "cancelled"),
      waiting: false,
      completedAt: Date.now(),
    });
    await note(ctx, caller, job, "job_cancelled");
    return null;
  },
});

async function requireDeadLetter(ctx: MutationCtx, wanted: Parameters<typeof requireJob>[1]) {
  const found = await requireJob(ctx, wanted);
  if (found.job.status !== "failed") {
    throw new ConvexError({ code: "not_a_dead_letter", message: "This job is not a dead letter any more." });
  }
  return found;
}

async function settled(ctx: MutationCtx, caller: Caller, job: Doc<"syncJobs">, action: AuditAction): Promise<void> {
  await closeIfNoneLeft(ctx, job.providerConfigId);
  await note(ctx, caller, job, action);
}

async function note(ctx: MutationCtx, caller: Caller, job: Doc<"syncJobs">, action: AuditAction): Promise<void> {
  const owner = job.ownerUserId === undefined ? null : { orgId: job.orgId, ownerUserId: job.ownerUserId };
  const object = { kind: "job" as const, id: job._id, label: job.type };
  await audit(ctx, { actor: caller.user._id, action, object, outcome: "done", owner, detail: job.error?.code });
}
