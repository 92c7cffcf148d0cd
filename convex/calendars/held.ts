import { v } from "convex/values";
import { internalMutation, mutation } from "../_generated/server";
import { enqueue } from "../sync/enqueue";
import { audit } from "../monitoring/audit";
import { usage } from "../monitoring/metrics/turns";
import { heldJob } from "../sync/lease";
import { endHeld } from "../sync/complete";
import { requireCalendar } from "./ownership";
import { syncStateOf } from "./progress";

/*
 * The mass-delete brake: where a server suddenly lists far fewer events than it had, nothing is
 * deleted until a person has looked at it.
 */

/** In the name of a run: keeps what would be deleted, and asks. */
export const hold = internalMutation({
  args: {
    jobId: v.id("syncJobs"),
    leaseId: v.string(),
    deletions: v.number(),
    known: v.number(),
    usage: v.optional(usage),
  },
  returns: v.null(),
  handler: async (ctx, { deletions, known, usage, ...lease }) => {
    const job = await heldJob(ctx, lease);
    if (job === null || job.calendarId === null) return null;
    const { calendarId } = job;
    const state = await syncStateOf(ctx, calendarId);
    if (state !== null) {
      // Somebody may have let them through while this run was on its way: then the next one is to know it.
      const released = state.releasedDeletions !== null && state.releasedDeletions >= deletions ? state.releasedDeletions : null;
      await ctx.db.patch(state._id, {
        phase: "held",
        progress: null,
        held: { deletions, known },
        releasedDeletions: released,
        lastAttemptAt: Date.now(),
      });
    }
    await endHeld(ctx, job, deletions, usage);
    return null;
  },
});

/** The owner has looked: exactly so many deletions may go through. */
export const release = mutation({
  args: { calendarId: v.id("calendars") },
  returns: v.null(),
  handler: async (ctx, { calendarId }) => {
    const { caller, calendar } = await requireCalendar(ctx, calendarId);
    const state = await syncStateOf(ctx, calendarId);
    if (state === null || state.held === null) return null;
    await ctx.db.patch(state._id, { releasedDeletions: state.held.deletions });
    const object = { kind: "calendar" as const, id: calendarId };
    await audit(ctx, { actor: caller.user._id, action: "held_run_released", object, outcome: "done", owner: calendar });
    await enqueue(ctx, {
      orgId: calendar.orgId,
      providerConfigId: calendar.providerConfigId,
      calendarId,
      type: "incremental_sync",
      priority: "critical",
    });
    return null;
  },
});
