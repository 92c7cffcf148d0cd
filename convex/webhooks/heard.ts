import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

/** When a calendar was last heard of, epoch milliseconds; null for never. */
export async function lastNotifiedAt(ctx: Pick<QueryCtx, "db">, watchId: Id<"calendarWatches">): Promise<number | null> {
  const [last] = await recentNotifications(ctx, watchId, 1);
  return last ?? null;
}

/** The times of the newest notifications of a calendar, newest first. */
export async function recentNotifications(
  ctx: Pick<QueryCtx, "db">,
  watchId: Id<"calendarWatches">,
  count: number,
): Promise<number[]> {
  const rows = await ctx.db
    .query("webhookNotifications")
    .withIndex("by_watchId_receivedAt", (q) => q.eq("watchId", watchId))
    .order("desc")
    .take(count);
  return rows.map((row) => row.receivedAt);
}
