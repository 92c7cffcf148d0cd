import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { endWatch } from "../webhooks/watches";
import { closeAlertsOfCalendar } from "../monitoring/alerts/fromJobs";
import { discardLettersOn } from "../monitoring/jobs/deadLetters";
import { cancelWorkOn } from "../sync/endWork";

const ROWS_PER_STEP = 500;

/** Takes a calendar off the screen at once; what it held is removed step by step. */
export async function removeCalendar(
  ctx: MutationCtx,
  { _id: calendarId, providerConfigId }: Pick<Doc<"calendars">, "_id" | "providerConfigId">,
): Promise<void> {
  await endWatch(ctx, providerConfigId, calendarId);
  for (const table of ["calendarSyncState", "syncTokens"] as const) {
    const row = await ctx.db
      .query(table)
      .withIndex("by_calendarId", (q) => q.eq("calendarId", calendarId))
      .unique();
    if (row !== null) await ctx.db.delete(row._id);
  }
  await ctx.db.delete(calendarId);
  await cancelWorkOn(ctx, { providerConfigId, calendarId });
  await discardLettersOn(ctx, { providerConfigId, calendarId });
  await closeAlertsOfCalendar(ctx, calendarId);
  await ctx.scheduler.runAfter(0, internal.calendars.removal.step, { calendarId });
}

/** Removes what a removed calendar held. Runs again until nothing is left. */
export const step = internalMutation({
  args: { calendarId: v.id("calendars") },
  returns: v.null(),
  handler: async (ctx, { calendarId }) => {
    const occurrences = await ctx.db
      .query("eventOccurrences")
      .withIndex("by_calendarId_startAt", (q) => q.eq("calendarId", calendarId))
      .take(ROWS_PER_STEP);
    const events = await ctx.db
      .query("unifiedEvents")
      .withIndex("by_calendarId", (q) => q.eq("calendarId", calendarId))
      .take(ROWS_PER_STEP);
    const details = await ctx.db
      .query("eventDetails")
      .withIndex("by_calendarId_eventId", (q) => q.eq("calendarId", calendarId))
      .take(ROWS_PER_STEP);
    const mappings = await ctx.db
      .query("providerEventMappings")
      .withIndex("by_calendarId_remoteId", (q) => q.eq("calendarId", calendarId))
      .take(ROWS_PER_STEP);
    const rows = [...occurrences, ...events, ...details, ...mappings];
    for (const row of rows) await ctx.db.delete(row._id);
    if (rows.length > 0) {
      await ctx.scheduler.runAfter(0, internal.calendars.removal.step, { calendarId });
    }
    return null;
  },
});
