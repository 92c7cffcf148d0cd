import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { internal } from "../_generated/api";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { LONGEST_MS, silenceLimitMs } from "../../lib/channels/rhythm";
import { beginRepair } from "../calendars/rebuild";
import { stateOf, syncs } from "../connections/ownership";
import { pollingIntervalMs, pollingOnly } from "../settings";
import { enqueue } from "../sync/enqueue";
import { noteStrategy, openChannel } from "./channels";
import { recentNotifications } from "./heard";
import { changeWatch, restWatch, retireChannels, SAFETY_NET_MS, watchOf, type Watch } from "./watches";

/** Of one transaction; where more are due, another follows at once. */
const WATCHES_PER_TICK = 50;
/** Notifications from which the rhythm of a calendar is read. */
const RHYTHM = 20;
/** A job to renew a channel says by itself when the next one is due; should it be lost, this does. */
const RENEWAL_GUARD_MS = 30 * 60_000;

/** For operators, at the command line: opens a fresh channel for a calendar, in place of the one it has. */
export const renewNow = internalMutation({
  args: { calendarId: v.id("calendars") },
  returns: v.null(),
  handler: async (ctx, { calendarId }) => {
    const calendar = await ctx.db.get(calendarId);
    const watch = calendar && (await watchOf(ctx, calendar.providerConfigId, calendarId));
    if (watch !== null) await ask(ctx, watch, "renew_subscription", "critical");
    return null;
  },
});

/** Every minute: channels to open and renew, calendars to poll or to look after, and now and then a full read. */
export const tick = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const now = Date.now();
    const due = await ctx.db
      .query("calendarWatches")
      .withIndex("by_dueAt", (q) => q.gt("dueAt", 0).lte("dueAt", now))
      .take(WATCHES_PER_TICK);
    for (const watch of due) await serve(ctx, watch, now);
    const switched = pollingOnly() ? await switchToPolling(ctx, now) : 0;
    if (Math.max(due.length, switched) === WATCHES_PER_TICK) await ctx.scheduler.runAfter(0, internal.webhooks.schedule.tick, {});
    return due.length + switched;
  },
});

async function serve(ctx: MutationCtx, watch: Watch, now: number): Promise<void> {
  if (!syncs(await stateOf(ctx, watch.providerConfigId))) {
    await restWatch(ctx, watch);
    return;
  }
  const change = await fallBack(ctx, watch, now);
  const { mode, watchAt, readAt, fullAt, calendarId } = { ...watch, ...change };
  if (isDue(watchAt, now)) {
    change.watchAt = now + (pollingOnly() ? pollingIntervalMs() : RENEWAL_GUARD_MS);
    if (!pollingOnly()) await ask(ctx, watch, "renew_subscription", "medium");
  }
  if (isDue(fullAt, now) && calendarId !== null) {
    change.fullAt = now + SAFETY_NET_MS;
    change.readAt = now + (mode === "webhook" ? LONGEST_MS : pollingIntervalMs());
    await beginRepair(ctx, calendarId, "low");
  } else if (isDue(readAt, now)) {
    change.readAt = mode === "webhook" ? await lookAfter(ctx, watch, now) : now + pollingIntervalMs();
    if (mode === "polling") await ask(ctx, watch, calendarId === null ? "refresh_calendar_list" : "polling_sync", "low");
  }
  await changeWatch(ctx, watch, change);
}

const isDue = (time: number | null, now: number): boolean => time !== null && time <= now;

/** A calendar whose channel is over is polled at once, and watched anew. */
async function fallBack(ctx: MutationCtx, watch: Watch, now: number): Promise<Partial<Watch>> {
  if (watch.mode === "polling" || (await openChannel(ctx, watch, now)) !== null) return {};
  await noteStrategy(ctx, watch.calendarId, "polling");
  return { mode: "polling", readAt: now, watchAt: Math.min(watch.watchAt ?? now, now) };
}

/** A watched calendar that was silent for longer than it ever is, or for a day, is read. Returns when to look again. */
async function lookAfter(ctx: MutationCtx, watch: Watch, now: number): Promise<number> {
  const heard = await recentNotifications(ctx, watch._id, RHYTHM);
  const until = (heard[0] ?? 0) + silenceLimitMs(heard);
  if (until > now) return until;
  await ask(ctx, watch, "incremental_sync", "low");
  return now + LONGEST_MS;
}

/** `SYNC_POLLING_ONLY`: notifications have no effect from the moment it is set, so their calendars are polled from the next minute on. */
async function switchToPolling(ctx: MutationCtx, now: number): Promise<number> {
  const watched = await ctx.db
    .query("calendarWatches")
    .withIndex("by_mode", (q) => q.eq("mode", "webhook"))
    .take(WATCHES_PER_TICK);
  for (const watch of watched) {
    await retireChannels(ctx, watch._id);
    await changeWatch(ctx, watch, {
      mode: "polling",
      readAt: now,
      watchAt: now + pollingIntervalMs(),
      reason: POLLING_ONLY,
    });
    await noteStrategy(ctx, watch.calendarId, "polling");
  }
  return watched.length;
}

const POLLING_ONLY = {
  code: "polling_only",
  message: "Whoever runs LinearTime has switched notifications off.",
  action: "Nothing to do: the calendar is polled.",
};

async function ask(
  ctx: MutationCtx,
  { orgId, providerConfigId, calendarId }: Watch,
  type: Doc<"syncJobs">["type"],
  priority: Doc<"syncJobs">["priority"],
): Promise<void> {
  await enqueue(ctx, { orgId, providerConfigId, calendarId, type, priority });
}
