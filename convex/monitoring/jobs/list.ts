import { paginationOptsValidator, paginationResultValidator, type PaginationResult } from "convex/server";
import { v } from "convex/values";
import type { Id } from "../../_generated/dataModel";
import { query, type QueryCtx } from "../../_generated/server";
import { isWanted, narrowedBy, type Narrowing } from "../../../lib/monitoring/job-filter";
import { jobStatus, jobType } from "../../validators/job";
import { findReader, scope } from "../access";
import { bounded, nothing } from "../pages";
import { jobDescriber, jobRow, type JobRow } from "./rows";

/**
 * Jobs, the newest first. One index narrows by the first of status, type and provider that is given; the others are
 * looked at row by row, so that a page can have fewer rows than asked for, even none, and more may still follow.
 */
export const list = query({
  args: {
    scope,
    status: v.union(jobStatus, v.null()),
    type: v.union(jobType, v.null()),
    provider: v.union(v.string(), v.null()),
    paginationOpts: paginationOptsValidator,
  },
  returns: paginationResultValidator(jobRow),
  handler: async (ctx, { scope: of, paginationOpts, ...filter }): Promise<PaginationResult<JobRow>> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return nothing();
    const by = narrowedBy(filter);
    const jobs = of === "own" ? ownJobs(ctx, caller.user._id, by) : allJobs(ctx, by);
    const { page, ...rest } = await jobs.order("desc").paginate(bounded(paginationOpts));
    const wanted = page.filter((job) => isWanted(job, filter) && (of === "deployment" || job.orgId === caller.orgId));
    return { ...rest, page: await Promise.all(wanted.map(jobDescriber(ctx, of))) };
  },
});

function ownJobs(ctx: QueryCtx, ownerUserId: Id<"users">, by: Narrowing) {
  const jobs = ctx.db.query("syncJobs");
  switch (by.field) {
    case "status":
      return jobs.withIndex("by_ownerUserId_status", (q) => q.eq("ownerUserId", ownerUserId).eq("status", by.value));
    case "type":
      return jobs.withIndex("by_ownerUserId_type", (q) => q.eq("ownerUserId", ownerUserId).eq("type", by.value));
    case "provider":
      return jobs.withIndex("by_ownerUserId_provider", (q) => q.eq("ownerUserId", ownerUserId).eq("provider", by.value));
    case null:
      return jobs.withIndex("by_ownerUserId", (q) => q.eq("ownerUserId", ownerUserId));
  }
}

function allJobs(ctx: QueryCtx, by: Narrowing) {
  const jobs = ctx.db.query("syncJobs");
  switch (by.field) {
    case "status":
      return jobs.withIndex("by_status", (q) => q.eq("status", by.value));
    case "type":
      return jobs.withIndex("by_type", (q) => q.eq("type", by.value));
    case "provider":
      return jobs.withIndex("by_provider", (q) => q.eq("provider", by.value));
    case null:
      return jobs;
  }
}
