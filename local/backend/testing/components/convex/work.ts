import { vOnCompleteArgs, Workpool, type WorkId } from "@convex-dev/workpool";
import { v } from "convex/values";
import { components, internal } from "./_generated/api";
import { internalAction, internalMutation, mutation, query } from "./_generated/server";

const pool = new Workpool(components.pool, {
  maxParallelism: 3,
  defaultRetryBehavior: { maxAttempts: 3, initialBackoffMs: 10, base: 1 },
});

export const enqueue = mutation({
  args: { job: v.string(), failures: v.optional(v.number()), runAfter: v.optional(v.number()) },
  handler: (ctx, { job, failures, runAfter }): Promise<WorkId> =>
    pool.enqueueAction(ctx, internal.work.attempt, { job, failures: failures ?? 0 }, { retry: true, onComplete: internal.work.settle, context: job, ...(runAfter === undefined ? {} : { runAfter }) }),
});

export const enqueueMutations = mutation({
  args: { jobs: v.array(v.string()) },
  handler: (ctx, { jobs }): Promise<WorkId[]> =>
    pool.enqueueMutationBatch(ctx, internal.work.note, jobs.map((job) => ({ job })), { onComplete: internal.work.settle, context: "batch" }),
});

export const cancel = mutation({ args: { id: v.string() }, handler: (ctx, { id }): Promise<void> => pool.cancel(ctx, id as WorkId) });

export const status = query({ args: { id: v.string() }, handler: async (ctx, { id }): Promise<string> => (await pool.status(ctx, id as WorkId)).state });

/** Fails as often as it is told, and succeeds then. */
export const attempt = internalAction({
  args: { job: v.string(), failures: v.number() },
  handler: async (ctx, { job, failures }): Promise<string> => {
    const tries: number = await ctx.runMutation(internal.work.count, { job });
    if (tries <= failures) throw new Error(`attempt ${tries} of ${job} failed`);
    return `${job} after ${tries}`;
  },
});

export const count = internalMutation({
  args: { job: v.string() },
  handler: async (ctx, { job }): Promise<number> => {
    await ctx.db.insert("outcomes", { job, kind: "attempt", value: null });
    return (await ctx.db.query("outcomes").withIndex("by_job", (q) => q.eq("job", job)).collect()).length;
  },
});

export const note = internalMutation({
  args: { job: v.string() },
  handler: async (ctx, { job }): Promise<string> => {
    await ctx.db.insert("outcomes", { job, kind: "note", value: null });
    return job;
  },
});

export const settle = internalMutation({
  args: vOnCompleteArgs(v.string()),
  handler: async (ctx, { context, result }): Promise<void> => {
    await ctx.db.insert("outcomes", { job: context, kind: result.kind, value: result.kind === "success" ? result.returnValue : null });
  },
});

export const outcomes = query({
  args: { job: v.string() },
  handler: async (ctx, { job }) => (await ctx.db.query("outcomes").withIndex("by_job", (q) => q.eq("job", job)).collect()).map(({ kind, value }) => ({ kind, value: value as unknown })),
});
