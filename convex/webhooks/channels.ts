import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx, type QueryCtx } from "../_generated/server";
import { rungAfter } from "../../lib/channels/ladder";
import { renewalAt } from "../../lib/channels/renewal";
import { LONGEST_MS } from "../../lib/channels/rhythm";
import { pollingIntervalMs } from "../settings";
import { enqueue } from "../sync/enqueue";
import { heldJob } from "../sync/lease";
import { issue } from "../validators/problem";
import { changeWatch, CHANNELS, watchOf, type Watch } from "./watches";

/*
 * What opening, renewing and ending a channel writes, in the name of the run that does it. A fresh channel is stored
 * before it is asked for, since its first message may come before the provider's answer.
 */

const lease = { jobId: v.id("syncJobs"), leaseId: v.string() };
const channel = v.object({ channelId: v.string(), resourceId: v.string() });
const CHANNELS_OF_ACCOUNT = 1_000;

type Subscription = Doc<"webhookSubscriptions">;

/** Stores a channel that is about to be opened. False when there is nothing to open it for any more. */
export const begin = internalMutation({
  args: { ...lease, channelId: v.string(), tokenHash: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { channelId, tokenHash, ...held }) => {
    const job = await heldJob(ctx, held);
    const config = job && (await ctx.db.get(job.providerConfigId));
    if (job === null || config === null) return false;
    const watch = await watchOf(ctx, config._id, job.calendarId);
    if (watch === null) return false;
    await ctx.db.insert("webhookSubscriptions", {
      orgId: config.orgId,
      ownerUserId: config.ownerUserId,
      providerConfigId: config._id,
      calendarId: job.calendarId,
      watchId: watch._id,
      provider: config.provider,
      channelId,
      tokenHash,
      resourceId: null,
      status: "opening",
      expiresAt: null,
    });
    return true;
  },
});

/**
 * The channel is open: it takes the place of those before it, which are returned to be stopped. Where there was none, what
 * happened until now is read at once.
 */
export const confirm = internalMutation({
  args: { ...lease, channelId: v.string(), resourceId: v.string(), expiresAt: v.union(v.number(), v.null()) },
  returns: v.union(v.array(channel), v.null()),
  handler: async (ctx, { channelId, resourceId, expiresAt, ...held }) => {
    const job = await heldJob(ctx, held);
    const watch = job && (await watchOf(ctx, job.providerConfigId, job.calendarId));
    if (job === null || watch === null) return null;
    const now = Date.now();
    const before = await liveChannels(ctx, watch._id);
    const wasWatched = before.some((row) => row.status === "active" && (row.expiresAt ?? Infinity) > now);
    for (const row of before) {
      if (row.channelId === channelId) await ctx.db.patch(row._id, { status: "active", resourceId, expiresAt });
      else await ctx.db.patch(row._id, { status: row.resourceId === null ? "failed" : "replaced" });
    }
    await changeWatch(ctx, watch, {
      mode: "webhook",
      reason: null,
      unwatchable: false,
      failures: 0,
      watchAt: expiresAt === null ? null : renewalAt(now, expiresAt),
      readAt: watch.calendarId === null ? null : now + LONGEST_MS,
    });
    if (!wasWatched && job.calendarId !== null) await readNow(ctx, job, job.calendarId);
    await noteStrategy(ctx, job.calendarId, "webhook");
    return await toBeStopped(ctx, watch._id, now);
  },
});

/** The calendar could not be watched: on with the ladder, and with polling where no channel is left. */
export const fail = internalMutation({
  args: {
    ...lease,
    channelId: v.union(v.string(), v.null()),
    /** Null where the provider offers no channel for this calendar. */
    reason: v.union(issue, v.null()),
    /** False where nothing was tried, since this deployment cannot be called: no failure of the calendar's. */
    tried: v.boolean(),
  },
  returns: v.null(),
  handler: async (ctx, { channelId, reason, tried, ...held }) => {
    const job = await heldJob(ctx, held);
    const watch = job && (await watchOf(ctx, job.providerConfigId, job.calendarId));
    if (job === null || watch === null) return null;
    const now = Date.now();
    const rows = await liveChannels(ctx, watch._id);
    for (const row of rows) {
      if (row.status === "opening" && row.channelId === channelId) await ctx.db.patch(row._id, { status: "failed" });
    }
    const open = rows.find((row) => row.status === "active" && (row.expiresAt ?? Infinity) > now);
    const unwatchable = reason === null;
    const failures = unwatchable ? 0 : watch.failures + (tried ? 1 : 0);
    const rung = tried ? rungAfter(failures) : ({ kind: "retry", afterMs: LONGEST_MS } as const);
    await changeWatch(ctx, watch, {
      ...(open === undefined ? polled(watch, now) : { readAt: Math.min(watch.readAt ?? Infinity, open.expiresAt ?? Infinity) }),
      reason,
      unwatchable,
      failures,
      watchAt: unwatchable || rung.kind === "givenUp" ? null : now + rung.afterMs,
    });
    if (open === undefined) await noteStrategy(ctx, job.calendarId, "polling");
    return null;
  },
});

/** These channels are over at the provider, or never will be ours to stop. */
export const stopped = internalMutation({
  args: { channelIds: v.array(v.string()) },
  returns: v.null(),
  handler: async (ctx, { channelIds }) => {
    for (const channelId of channelIds) {
      const row = await ctx.db
        .query("webhookSubscriptions")
        .withIndex("by_channelId", (q) => q.eq("channelId", channelId))
        .unique();
      if (row !== null) await ctx.db.patch(row._id, { status: "stopped" });
    }
    return null;
  },
});

/** The channels of an account that may still be open at the provider: to be stopped when it is disconnected. */
export const ofConnection = internalQuery({
  args: { providerConfigId: v.id("providerConfigs") },
  returns: v.array(channel),
  handler: async (ctx, { providerConfigId }) => {
    const found: { channelId: string; resourceId: string }[] = [];
    for (const status of ["active", "replaced"] as const) {
      const rows = await ctx.db
        .query("webhookSubscriptions")
        .withIndex("by_providerConfigId_status", (q) => q.eq("providerConfigId", providerConfigId).eq("status", status))
        .take(CHANNELS_OF_ACCOUNT);
      for (const { channelId, resourceId } of rows) if (resourceId !== null) found.push({ channelId, resourceId });
    }
    return found;
  },
});

/** Channels that are not needed any more, with those that could not be stopped before. */
async function toBeStopped(ctx: QueryCtx, watchId: Id<"calendarWatches">, now: number): Promise<{ channelId: string; resourceId: string }[]> {
  const rows = await ctx.db
    .query("webhookSubscriptions")
    .withIndex("by_watchId_status", (q) => q.eq("watchId", watchId).eq("status", "replaced"))
    .order("desc")
    .take(CHANNELS);
  return rows.flatMap(({ channelId, resourceId, expiresAt }) =>
    resourceId !== null && (expiresAt ?? Infinity) > now ? [{ channelId, resourceId }] : [],
  );
}

/** The channel that delivers, if one is open. */
export async function openChannel(ctx: Pick<QueryCtx, "db">, watch: Watch, now: number): Promise<Subscription | null> {
  const rows = await liveChannels(ctx, watch._id);
  return rows.find((row) => row.status === "active" && (row.expiresAt ?? Infinity) > now) ?? null;
}

async function liveChannels(ctx: Pick<QueryCtx, "db">, watchId: Id<"calendarWatches">): Promise<Subscription[]> {
  const rows: Subscription[] = [];
  for (const status of ["opening", "active"] as const) {
    rows.push(
      ...(await ctx.db
        .query("webhookSubscriptions")
        .withIndex("by_watchId_status", (q) => q.eq("watchId", watchId).eq("status", status))
        .take(CHANNELS)),
    );
  }
  return rows;
}

/** A calendar without a channel is polled, from now on; so is the list of calendars. */
function polled(watch: Watch, now: number): Pick<Watch, "mode" | "readAt"> {
  const nextPoll = now + pollingIntervalMs();
  return { mode: "polling", readAt: Math.min(watch.readAt ?? nextPoll, nextPoll) };
}

async function readNow(ctx: MutationCtx, job: Doc<"syncJobs">, calendarId: Id<"calendars">): Promise<void> {
  const { orgId, providerConfigId } = job;
  await enqueue(ctx, { orgId, providerConfigId, calendarId, type: "incremental_sync", priority: "high" });
}

/** What a calendar says of itself; written only where it changes. */
export async function noteStrategy(
  ctx: MutationCtx,
  calendarId: Id<"calendars"> | null,
  strategy: "webhook" | "polling",
): Promise<void> {
  const calendar = calendarId === null ? null : await ctx.db.get(calendarId);
  if (calendar !== null && calendar.strategy !== strategy) await ctx.db.patch(calendar._id, { strategy });
}
