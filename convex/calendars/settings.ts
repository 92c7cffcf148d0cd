import { v } from "convex/values";
import { mutation } from "../_generated/server";
import { requireCalendar } from "./ownership";

/** Shows or hides a calendar in the views. It is kept in step either way. */
export const setVisible = mutation({
  args: { calendarId: v.id("calendars"), visible: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { calendarId, visible }) => {
    const { calendar } = await requireCalendar(ctx, calendarId);
    if (calendar.visible !== visible) await ctx.db.patch(calendarId, { visible });
    return null;
  },
});
