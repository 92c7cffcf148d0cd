import { v, type Infer } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import type { QueryCtx } from "../../_generated/server";
import { profileOf } from "../../../lib/providers/profiles";
import { jobPriority, jobStatus, jobType } from "../../validators/job";
import type { Scope } from "../access";
import { namesOf } from "../names";

/** A job as the pages show it. */
export const jobRow = v.object({
  jobId: v.id("syncJobs"),
  type: jobType,
  status: jobStatus,
  priority: jobPriority,
  provider: v.union(v.string(), v.null()),
  providerLabel: v.union(v.string(), v.null()),
  /** The account's name; null where it is gone. */
  connectionLabel: v.union(v.string(), v.null()),
  /** One's own calendar's name. Null for a job about the whole account, and for everybody else's. */
  calendarName: v.union(v.string(), v.null()),
  /** Failed attempts. */
  attempt: v.number(),
  maxRetries: v.number(),
  createdAt: v.number(),
  scheduledAt: v.number(),
  startedAt: v.union(v.number(), v.null()),
  completedAt: v.union(v.number(), v.null()),
  changes: v.union(v.number(), v.null()),
  errorCode: v.union(v.string(), v.null()),
  errorMessage: v.union(v.string(), v.null()),
});
export type JobRow = Infer<typeof jobRow>;

/** Describes jobs; what several have in common is read once. */
export function jobDescriber(ctx: Pick<QueryCtx, "db">, scope: Scope): (job: Doc<"syncJobs">) => Promise<JobRow> {
  const names = namesOf(ctx, scope);
  return async (job) => ({
    jobId: job._id,
    type: job.type,
    status: job.status,
    priority: job.priority,
    provider: job.provider ?? null,
    providerLabel: job.provider === undefined ? null : (profileOf(job.provider)?.label ?? job.provider),
    connectionLabel: await names.connection(job.providerConfigId),
    calendarName: await names.calendar(job.calendarId),
    attempt: job.attempt,
    maxRetries: job.maxRetries,
    createdAt: job._creationTime,
    scheduledAt: job.scheduledAt,
    startedAt: job.startedAt,
    completedAt: job.completedAt,
    changes: job.result && job.result.upserted + job.result.deleted,
    errorCode: job.error?.code ?? null,
    errorMessage: job.error?.message ?? null,
  });
}
