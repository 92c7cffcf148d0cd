import { v } from "convex/values";
import { query } from "../_generated/server";
import { findCaller } from "../accounts/caller";
import { accessRole } from "../validators/remote";

const CALENDARS = 500;

/** The caller's calendars. Changes only when a calendar or its settings do. */
export const list = query({
  args: {},
  returns: v.array(
    v.object({
      calendarId: v.id("calendars"),
      connectionId: v.id("providerConfigs"),
      name: v.string(),
      color: v.union(v.string(), v.null()),
      timeZone: v.union(v.string(), v.null()),
      accessRole,
      visible: v.boolean(),
    }),
  ),
  handler: async (ctx) => {
    const caller = await findCaller(ctx);
    if (caller === null) return [];
    const calendars = await ctx.db
      .query("calendars")
      .withIndex("by_orgId_ownerUserId", (q) =>
        q.eq("orgId", caller.orgId).eq("ownerUserId", caller.user._id),
      )
      .take(CALENDARS);
    return calendars.map((calendar) => ({
      calendarId: calendar._id,
      connectionId: calendar.providerConfigId,
      name: calendar.name,
      color: calendar.color,
      timeZone: calendar.timeZone,
      accessRole: calendar.accessRole,
      visible: calendar.visible,
    }));
  },
});
