import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { dropEmptyPlaceholder } from "./mappings";
import { deleteEvent } from "./stored";

/** What one run clears away; more of them are left to the next one, and seen by nobody. */
const SERIES_PER_RUN = 20;
const HOLES_PER_SERIES = 50;

/**
 * At the end of a run: holes whose series did not come are those of a series that was deleted, or that we were never shown. They
 * are dropped with the placeholder that they hang on. Where a real exception has joined them, the placeholder stays for it.
 */
export async function dropAwaited(ctx: MutationCtx, calendarId: Id<"calendars">): Promise<void> {
  const placeholders = await ctx.db
    .query("providerEventMappings")
    .withIndex("by_calendarId_awaited", (q) => q.eq("calendarId", calendarId).eq("awaited", true))
    .take(SERIES_PER_RUN);
  for (const { _id } of placeholders) {
    if ((await dropHoles(ctx, _id)) === "others stay") await ctx.db.patch(_id, { awaited: undefined });
    else await dropEmptyPlaceholder(ctx, _id);
  }
}

async function dropHoles(ctx: MutationCtx, seriesMappingId: Id<"providerEventMappings">): Promise<"done" | "others stay"> {
  const exceptions = await ctx.db
    .query("providerEventMappings")
    .withIndex("by_seriesMappingId", (q) => q.eq("seriesMappingId", seriesMappingId))
    .take(HOLES_PER_SERIES);
  let outcome: "done" | "others stay" = "done";
  for (const { _id } of exceptions) {
    const event = await ctx.db
      .query("unifiedEvents")
      .withIndex("by_resourceId", (q) => q.eq("resourceId", _id))
      .first();
    if (event !== null && event.status !== "cancelled") outcome = "others stay";
    else {
      if (event !== null) await deleteEvent(ctx, event);
      await ctx.db.delete(_id);
    }
  }
  return outcome;
}
