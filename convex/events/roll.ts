import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";

const SERIES_PER_STEP = 100;

/**
 * Weekly: moves the window of stored occurrences on. Each series is projected again, which
 * appends what has come into the window and trims what has left it.
 */
export const roll = internalMutation({
  args: { cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { cursor }) => {
    const page = await ctx.db
      .query("unifiedEvents")
      .withIndex("by_projection", (q) => q.eq("projection", "stored"))
      .paginate({ cursor, numItems: SERIES_PER_STEP });
    const mappingIds = page.page.map((event) => event.mappingId);
    if (mappingIds.length > 0) {
      await ctx.scheduler.runAfter(0, internal.events.projection.project, { mappingIds });
    }
    if (!page.isDone) {
      await ctx.scheduler.runAfter(0, internal.events.roll.roll, { cursor: page.continueCursor });
    }
    return null;
  },
});
