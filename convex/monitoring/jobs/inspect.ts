import { v, type Infer } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import { query, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { notFound, type Caller } from "../../accounts/caller";
import { stateOf, syncs } from "../../connections/ownership";
import { jobResult } from "../../validators/job";
import { findReader, requireActor, scope, type Scope } from "../access";
import { jobDescriber, jobRow } from "./rows";

const details = jobRow.extend({
  /** What it works on, and its retries, as the queue sees them. */
  retryable: v.union(v.boolean(), v.null()),
  failedAt: v.union(v.number(), v.null()),
  leaseExpiresAt: v.union(v.number(), v.null()),
  result: v.union(jobResult, v.null()),
  /** The connection's status and what its owner is asked to do; null where it is gone or well. */
  action: v.union(v.string(), v.null()),
  /** Whether its account is there and syncs, so that a retry makes sense. */
  canRetry: v.boolean(),
});
type Details = Infer<typeof details>;

/** One job; null when it is gone, was never there, or is not the reader's. The id may be any text: it comes from an address. */
export const get = query({
  args: { scope, jobId: v.string() },
  returns: v.union(details, v.null()),
  handler: async (ctx, args): Promise<Details | null> => {
    const caller = await findReader(ctx, args.scope);
    const job = caller && (await jobOf(ctx, caller, args));
    if (job === null) return null;
    const state = await stateOf(ctx, job.providerConfigId);
    const { error, result, leaseExpiresAt } = job;
    return {
      ...(await jobDescriber(ctx, args.scope)(job)),
      retryable: error?.retryable ?? null,
      failedAt: error?.at ?? null,
      leaseExpiresAt,
      result,
      action: state?.reason?.action ?? null,
      canRetry: syncs(state),
    };
  },
});

/** The job of an id that somebody gave, if it is there and theirs to see. */
async function jobOf(
  ctx: Pick<QueryCtx, "db">,
  caller: Caller,
  wanted: { scope: Scope; jobId: string },
): Promise<Doc<"syncJobs"> | null> {
  const id = ctx.db.normalizeId("syncJobs", wanted.jobId);
  const job = id && (await ctx.db.get(id));
  if (job === null || wanted.scope === "deployment") return job;
  return job.orgId === caller.orgId && job.ownerUserId === caller.user._id ? job : null;
}

/** The caller and the job that they act on. @throws ConvexError `unauthenticated`, `forbidden`, `not_found` */
export async function requireJob(
  ctx: Pick<MutationCtx, "auth" | "db">,
  wanted: { scope: Scope; jobId: string },
): Promise<{ caller: Caller; job: Doc<"syncJobs"> }> {
  const caller = await requireActor(ctx, wanted.scope);
  const job = await jobOf(ctx, caller, wanted);
  if (job === null) throw notFound("job");
  return { caller, job };
}
