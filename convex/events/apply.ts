import { v, type Infer } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { internalMutation } from "../_generated/server";
import { heldJob } from "../sync/lease";
import { remoteChange } from "../validators/remote";
import { dropAwaited } from "./awaited";
import { advance } from "./position";
import { applyChange, type Page } from "./resource";

const tally = v.object({
  upserted: v.number(),
  unchanged: v.number(),
  deleted: v.number(),
  unreadable: v.number(),
});
type Tally = Infer<typeof tally>;
type Change = Infer<typeof remoteChange>;

/**
 * Applies one page of a run, in the name of its lease, and stores where the run stands with
 * it. Applying a page twice, or an older one after a newer, changes nothing the second time:
 * a resource whose events have the hash that is stored is not written. Returns null when
 * the lease is lost: the worker must stop.
 */
export const page = internalMutation({
  args: {
    jobId: v.id("syncJobs"),
    leaseId: v.string(),
    changes: v.array(remoteChange),
    /** Whether deletions were concluded from a complete listing, not reported one by one. */
    deletionsConcluded: v.boolean(),
    /** Whether the run reads all of the calendar. */
    full: v.boolean(),
    position: v.object({
      pageToken: v.union(v.string(), v.null()),
      done: v.number(),
      total: v.union(v.number(), v.null()),
      /** On the last page of a run. */
      end: v.union(v.object({ cursor: v.union(v.string(), v.null()), listed: v.union(v.number(), v.null()) }), v.null()),
    }),
  },
  returns: v.union(tally, v.null()),
  handler: async (ctx, { changes, deletionsConcluded, full, position, ...lease }): Promise<Tally | null> => {
    const job = await heldJob(ctx, lease);
    if (job === null || job.calendarId === null) return null;
    // A calendar that was removed in the meantime takes nothing any more.
    if ((await ctx.db.get(job.calendarId)) === null) return null;
    const target = { orgId: job.orgId, calendarId: job.calendarId };
    const count: Tally = { upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 };
    const toProject = new Set<Id<"providerEventMappings">>();
    const page: Page = { ...target, deletionsConcluded, full, added: 0, toProject, gone: new Set() };
    for (const change of inOrder(changes)) {
      const outcome = await applyChange(ctx, page, change);
      count[outcome] += 1;
    }
    if (position.end !== null) await dropAwaited(ctx, target.calendarId);
    if (toProject.size > 0) {
      await ctx.scheduler.runAfter(0, internal.events.projection.project, {
        mappingIds: [...toProject],
      });
    }
    await advance(ctx, target.calendarId, position, { full, added: page.added });
    return count;
  },
});

/**
 * A series before its exceptions, and holes last: of a series that is deleted, providers report the exceptions too, and
 * somebody who leaves a series may stay with one of its occurrences.
 */
function inOrder(changes: readonly Change[]): Change[] {
  const rank = (change: Change): number => {
    if (change.kind === "upsert") return change.seriesRemoteId === null ? 0 : 2;
    return change.kind === "deleted" && change.occurrence !== null ? 3 : 1;
  };
  return [...changes].sort((a, b) => rank(a) - rank(b));
}
