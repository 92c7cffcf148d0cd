import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { notFound, owns, requireCaller, type Caller } from "../accounts/caller";

/** The caller's calendar. @throws ConvexError `not_found` for anybody else's */
export async function requireCalendar(
  ctx: Pick<QueryCtx, "auth" | "db">,
  calendarId: Id<"calendars">,
): Promise<{ caller: Caller; calendar: Doc<"calendars"> }> {
  const caller = await requireCaller(ctx);
  const calendar = await ctx.db.get(calendarId);
  if (calendar === null || !owns(caller, calendar)) throw notFound("calendar");
  return { caller, calendar };
}
