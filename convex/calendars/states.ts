import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { findCaller } from "../accounts/caller";
import { issue } from "../validators/problem";
import { watchOf, type Watch } from "../webhooks/watches";
import { UNREADABLE_SHOWN } from "./unreadable";

const CALENDARS = 500;

const calendarState = v.object({
  calendarId: v.id("calendars"),
  phase: v.union(
    v.literal("waiting"),
    v.literal("importing"),
    v.literal("syncing"),
    v.literal("synced"),
    v.literal("failed"),
    v.literal("held"),
  ),
  progress: v.union(v.object({ done: v.number(), total: v.union(v.number(), v.null()) }), v.null()),
  lastSuccessAt: v.union(v.number(), v.null()),
  resources: v.union(v.number(), v.null()),
  error: v.union(issue, v.null()),
  /** Objects that could not be read; counted up to what is listed. */
  unreadable: v.number(),
  held: v.union(v.object({ deletions: v.number(), known: v.number() }), v.null()),
  /** How changes reach us where the provider can push; null where it cannot, and until it has been tried. */
  arrival: v.union(
    v.object({
      mode: v.union(v.literal("webhook"), v.literal("polling")),
      /** Why it is polled; null where that is as it should be. */
      reason: v.union(issue, v.null()),
      /** When its channel is renewed; null where there is none, or it never ends. */
      renewsAt: v.union(v.number(), v.null()),
    }),
    v.null(),
  ),
});

/** How each of the caller's calendars is doing. Moves with every run; kept apart from `list`. */
export const list = query({
  args: {},
  returns: v.array(calendarState),
  handler: async (ctx) => {
    const caller = await findCaller(ctx);
    if (caller === null) return [];
    const states = await ctx.db
      .query("calendarSyncState")
      .withIndex("by_orgId_ownerUserId", (q) =>
        q.eq("orgId", caller.orgId).eq("ownerUserId", caller.user._id),
      )
      .take(CALENDARS);
    return await Promise.all(states.map((state) => describe(ctx, state)));
  },
});

async function describe(
  ctx: QueryCtx,
  state: Doc<"calendarSyncState">,
): Promise<Infer<typeof calendarState>> {
  const unreadable = await ctx.db
    .query("providerEventMappings")
    .withIndex("by_calendarId_unreadableAt", (q) =>
      q.eq("calendarId", state.calendarId).gt("unreadableAt", 0),
    )
    .take(UNREADABLE_SHOWN);
  const running = await ctx.db
    .query("syncJobs")
    .withIndex("by_dedupeKey_status", (q) =>
      q.eq("dedupeKey", `calendar:${state.calendarId}`).eq("status", "processing"),
    )
    .first();
  const watch = await watchOf(ctx, state.providerConfigId, state.calendarId);
  return {
    calendarId: state.calendarId,
    phase: state.phase === "synced" && running !== null ? "syncing" : state.phase,
    progress: state.progress,
    lastSuccessAt: state.lastSuccessAt,
    resources: state.resources,
    error: state.error,
    unreadable: unreadable.length,
    held: state.held,
    arrival: watch && arrivalOf(watch),
  };
}

function arrivalOf({ mode, reason, unwatchable, watchAt }: Watch): Infer<typeof calendarState>["arrival"] {
  const isBeingTried = mode === "polling" && reason === null && !unwatchable;
  return isBeingTried ? null : { mode, reason, renewsAt: mode === "webhook" ? watchAt : null };
}
