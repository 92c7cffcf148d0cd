import { v } from "convex/values";
import { query } from "../_generated/server";
import { findCaller, owns } from "../accounts/caller";

/** Objects that are listed, and counted, at most. */
export const UNREADABLE_SHOWN = 50;

/** What the calendar holds that could not be read, and why; the newest first. */
export const list = query({
  args: { calendarId: v.id("calendars") },
  returns: v.array(v.object({ remoteId: v.string(), reason: v.string(), seenAt: v.number() })),
  handler: async (ctx, { calendarId }) => {
    const caller = await findCaller(ctx);
    const calendar = await ctx.db.get(calendarId);
    if (caller === null || calendar === null || !owns(caller, calendar)) return [];
    const rows = await ctx.db
      .query("providerEventMappings")
      .withIndex("by_calendarId_unreadableAt", (q) =>
        q.eq("calendarId", calendarId).gt("unreadableAt", 0),
      )
      .order("desc")
      .take(UNREADABLE_SHOWN);
    return rows.map((row) => ({
      remoteId: row.remoteId,
      reason: row.unreadableReason ?? "",
      seenAt: row.unreadableAt ?? 0,
    }));
  },
});
