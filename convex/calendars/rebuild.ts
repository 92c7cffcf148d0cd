import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, mutation, type MutationCtx } from "../_generated/server";
import { stateOf, syncs } from "../connections/ownership";
import { audit } from "../monitoring/audit";
import { enqueue } from "../sync/enqueue";
import { requireCalendar } from "./ownership";
import { syncTokenOf } from "./progress";

/** Reads a calendar of the caller's in full: what differs from the provider is mended, what is right is not touched. */
export const request = mutation({
  args: { calendarId: v.id("calendars") },
  returns: v.null(),
  handler: async (ctx, { calendarId }) => {
    const { caller, calendar } = await requireCalendar(ctx, calendarId);
    await beginRepair(ctx, calendarId, "critical");
    const object = { kind: "calendar" as const, id: calendarId };
    await audit(ctx, { actor: caller.user._id, action: "rebuild_requested", object, outcome: "done", owner: calendar });
    return null;
  },
});

/** Calendars of one step. */
const CALENDARS_PER_STEP = 100;

/** Has the next read of every calendar of an account be a full one, a step at a time, and asks for them unless it has come to rest meanwhile. */
export const step = internalMutation({
  args: { providerConfigId: v.id("providerConfigs"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { providerConfigId, cursor }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("calendars")
      .withIndex("by_providerConfigId_remoteId", (q) => q.eq("providerConfigId", providerConfigId))
      .paginate({ cursor, numItems: CALENDARS_PER_STEP });
    for (const { _id } of page) await forgetCursor(ctx, _id);
    if (!isDone) {
      await ctx.scheduler.runAfter(0, internal.calendars.rebuild.step, { providerConfigId, cursor: continueCursor });
      return null;
    }
    const state = await stateOf(ctx, providerConfigId);
    if (state === null || !syncs(state)) return null;
    await enqueue(ctx, { orgId: state.orgId, providerConfigId, calendarId: null, type: "refresh_calendar_list", priority: "critical" });
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
