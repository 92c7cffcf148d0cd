import { v } from "convex/values";
import { query } from "../_generated/server";
import { recurrenceText } from "../../lib/events/recurrence-text";
import { findCaller, owns } from "../accounts/caller";
import { connectionLabel } from "../connections/label";
import { unifiedEvent } from "../validators/event";
import { readMaster } from "./series";
import { wholeEvent } from "./stored";

/**
 * Everything about one event, for the inspector; null when it is gone or not the caller's. An
 * exception carries its series' recurrence, so that it can say what it is an exception of.
 */
export const get = query({
  args: { eventId: v.id("unifiedEvents") },
  returns: v.union(
    unifiedEvent.extend({
      eventId: v.id("unifiedEvents"),
      recurrenceText: v.union(v.string(), v.null()),
      calendarName: v.string(),
      calendarColor: v.union(v.string(), v.null()),
      connectionLabel: v.string(),
    }),
    v.null(),
  ),
  handler: async (ctx, { eventId }) => {
    const caller = await findCaller(ctx);
    const event = await ctx.db.get(eventId);
    const calendar = event && (await ctx.db.get(event.calendarId));
    if (caller === null || !event || !calendar || !owns(caller, calendar)) return null;
    const config = await ctx.db.get(calendar.providerConfigId);
    const series = event.recurrenceId === null ? event : await readMaster(ctx, event.mappingId);
    return {
      ...(await wholeEvent(ctx, event)),
      eventId,
      recurrenceText: series?.recurrence ? recurrenceText(series.recurrence, series.start) : null,
      calendarName: calendar.name,
      calendarColor: calendar.color,
      connectionLabel: config === null ? "" : connectionLabel(config),
    };
  },
});
