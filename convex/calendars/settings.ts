import { v } from "convex/values";
import { mutation } from "../_generated/server";
import { notFound, owns, requireCaller } from "../accounts/caller";

/** Shows or hides a calendar in the views. It is kept in step either way. */
export const setVisible = mutation({
  args: { calendarId: v.id("calendars"), visible: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { calendarId, visible }) => {
    const caller = await requireCaller(ctx);
    const calendar = await ctx.db.get(calendarId);
    if (calendar === null || !owns(caller, calendar)) throw notFound("calendar");
    if (calendar.visible !== visible) await ctx.db.patch(calendarId, { visible });
    return null;
  },
});
