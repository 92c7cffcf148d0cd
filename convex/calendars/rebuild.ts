import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, type MutationCtx } from "../_generated/server";
import { enqueue } from "../sync/enqueue";
import { requireCalendar } from "./ownership";
import { syncTokenOf } from "./progress";

/** Reads a calendar of the caller's in full: what differs from the provider is mended, what is right is not touched. */
export const request = mutation({
  args: { calendarId: v.id("calendars") },
  returns: v.null(),
  handler: async (ctx, { calendarId }) => {
    await requireCalendar(ctx, calendarId);
    await beginRepair(ctx, calendarId, "critical");
    return null;
  },
});

/** Asks for a full read. A calendar that is still in its first one goes on with that. */
export async function beginRepair(
  ctx: MutationCtx,
  calendarId: Id<"calendars">,
  priority: Doc<"syncJobs">["priority"],
): Promise<void> {
  const calendar = await ctx.db.get(calendarId);
  if (calendar === null) return;
  await forgetCursor(ctx, calendarId);
  const { orgId, providerConfigId } = calendar;
  await enqueue(ctx, { orgId, providerConfigId, calendarId, type: "full_sync", priority });
}

/** The next run of a calendar reads all of it, and finds what has gone. */
export async function forgetCursor(ctx: MutationCtx, calendarId: Id<"calendars">): Promise<void> {
  const token = await syncTokenOf(ctx, calendarId);
  if (token === null || (!token.complete && token.cursor === null && token.pageToken === null && token.done === 0)) return;
  await ctx.db.patch(token._id, { cursor: null, pageToken: null, done: 0, complete: false, repair: true });
}
