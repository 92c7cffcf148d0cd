import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

/** How it is with a calendar; null once it has been removed. */
export async function syncStateOf(ctx: Pick<QueryCtx, "db">, calendarId: Id<"calendars">): Promise<Doc<"calendarSyncState"> | null> {
  return await ctx.db
    .query("calendarSyncState")
    .withIndex("by_calendarId", (q) => q.eq("calendarId", calendarId))
    .unique();
}

/** How far a calendar has been read; null once it has been removed. */
export async function syncTokenOf(ctx: Pick<QueryCtx, "db">, calendarId: Id<"calendars">): Promise<Doc<"syncTokens"> | null> {
  return await ctx.db
    .query("syncTokens")
    .withIndex("by_calendarId", (q) => q.eq("calendarId", calendarId))
    .unique();
}
