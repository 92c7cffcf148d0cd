import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

/** A worker's claim on a job: every write it makes is made in this name. */
export interface Lease {
  jobId: Id<"syncJobs">;
  leaseId: string;
}

/**
 * The job, while this lease still holds it; null for a late worker, which must then change
 * nothing and stop. Every mutation that a worker calls begins here.
 */
export async function heldJob(
  ctx: Pick<QueryCtx, "db">,
  { jobId, leaseId }: Lease,
): Promise<Doc<"syncJobs"> | null> {
  const job = await ctx.db.get(jobId);
  if (job === null || job.status !== "processing" || job.leaseId !== leaseId) return null;
  return job;
}

/** What a job says when nobody holds it any more; that a slot is free with it is known by `turnEndedAt`. */
export function letGo() {
  return { leaseId: null, leaseExpiresAt: null, scheduledFunctionId: null, turnEndedAt: Date.now() };
}
