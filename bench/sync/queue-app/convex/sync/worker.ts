import { internalActionGeneric, makeFunctionReference } from "convex/server";
import { v } from "convex/values";

const done = makeFunctionReference<"mutation", { jobId: string; startedAt: number }, null>("jobs:doneOurs");
const succeed = makeFunctionReference<"mutation", { jobId: string; leaseId: string; result: object }, null>("sync/complete:succeed");
const NOTHING_READ = { syncType: "polling", upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 };

/** In the place of the product's worker: the queue is the product's, what a job does is one mutation, as with the other queue. */
export const run = internalActionGeneric({
  args: { jobId: v.string(), leaseId: v.string() },
  handler: async (ctx, lease) => {
    await ctx.runMutation(done, { jobId: lease.jobId, startedAt: Date.now() });
    await ctx.runMutation(succeed, { ...lease, result: NOTHING_READ });
  },
});
