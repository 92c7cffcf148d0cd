import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { placeSingle } from "./projection";
import { moveDetails } from "./stored";

const EVENTS_PER_STEP = 100;
const NAME = "event details apart, occurrences with faces";

/**
 * Brings what an earlier version stored up to date, in bounded steps, once: details move out of the rows of events, and
 * occurrences say what a tile draws of them and how far they reach. It goes on by itself, and where it stopped when it is
 * run again; when all is done it reads one row. Run by each start with the embedded backend, and every hour elsewhere.
 */
export const step = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const state = await ctx.db
      .query("upgrades")
      .withIndex("by_name", (q) => q.eq("name", NAME))
      .unique();
    if (state?.done === true) return null;
    const { page, isDone, continueCursor } = await ctx.db.query("unifiedEvents").paginate({ cursor: state?.cursor ?? null, numItems: EVENTS_PER_STEP });
    const mappingIds = new Set<Id<"providerEventMappings">>();
    for (const event of page) {
      if (!(await upgraded(ctx, event))) mappingIds.add(event.mappingId);
    }
    if (mappingIds.size > 0) await ctx.scheduler.runAfter(0, internal.events.projection.project, { mappingIds: [...mappingIds] });
    const now = { name: NAME, cursor: isDone ? null : continueCursor, done: isDone };
    if (state === null) await ctx.db.insert("upgrades", now);
    else await ctx.db.replace(state._id, now);
    if (!isDone) await ctx.scheduler.runAfter(0, internal.events.upgrade.step, {});
    return null;
  },
});

/** False where the occurrences have yet to be brought up to date, with those of the whole series. */
async function upgraded(ctx: MutationCtx, event: Doc<"unifiedEvents">): Promise<boolean> {
  if (!(await moveDetails(ctx, event))) return true;
  const isSingle = event.recurrence === null && event.recurrenceId === null && event.projection === null;
  return isSingle && (await placeSingle(ctx, event.mappingId, event));
}
