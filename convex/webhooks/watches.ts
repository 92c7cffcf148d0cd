import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { profileOf } from "../../lib/providers/profiles";
import { pollingIntervalMs } from "../settings";

/*
 * The one place that writes `calendarWatches`: `dueAt` follows from the other times.
 */

export type Watch = Doc<"calendarWatches">;
type Times = Pick<Watch, "watchAt" | "readAt" | "fullAt">;

const DAY_MS = 24 * 60 * 60_000;
/** Between two full reads of a calendar that nothing asked for. */
export const SAFETY_NET_MS = 7 * DAY_MS;
/** Channels of one calendar that are looked at: there is one, and during a renewal two. */
export const CHANNELS = 20;
/** Calendars of an account, and its list. */
const WATCHES = 600;

/** How changes of one calendar reach us (of the account's list of calendars where it is null); null where the provider cannot push. */
export async function watchOf(
  ctx: Pick<QueryCtx, "db">,
  providerConfigId: Id<"providerConfigs">,
  calendarId: Id<"calendars"> | null,
): Promise<Watch | null> {
  return await ctx.db
    .query("calendarWatches")
    .withIndex("by_providerConfigId_calendarId", (q) =>
      q.eq("providerConfigId", providerConfigId).eq("calendarId", calendarId),
    )
    .unique();
}

export async function watchesOf(
  ctx: Pick<QueryCtx, "db">,
  providerConfigId: Id<"providerConfigs">,
): Promise<Watch[]> {
  return await ctx.db
    .query("calendarWatches")
    .withIndex("by_providerConfigId_calendarId", (q) => q.eq("providerConfigId", providerConfigId))
    .take(WATCHES);
}

/** Begins to look after a calendar that has been read for the first time. It is polled until its channel is open. */
export async function addWatch(
  ctx: MutationCtx,
  config: Pick<Doc<"providerConfigs">, "_id" | "orgId" | "ownerUserId" | "provider">,
  calendarId: Id<"calendars"> | null,
): Promise<void> {
  const now = Date.now();
  const times = {
    watchAt: now,
    readAt: now + pollingIntervalMs(),
    fullAt: calendarId === null ? null : now + SAFETY_NET_MS,
  };
  await ctx.db.insert("calendarWatches", {
    orgId: config.orgId,
    ownerUserId: config.ownerUserId,
    provider: config.provider,
    providerConfigId: config._id,
    calendarId,
    mode: "polling",
    reason: null,
    unwatchable: false,
    failures: 0,
    ...times,
    dueAt: earliest(times),
  });
}

/** Changes a watch, and when it is due with it. */
export async function changeWatch(
  ctx: MutationCtx,
  watch: Watch,
  change: Partial<Omit<Watch, "_id" | "_creationTime" | "dueAt">>,
): Promise<void> {
  await ctx.db.patch(watch._id, { ...change, dueAt: earliest({ ...watch, ...change }) });
}

/** Lets a watch rest until its account can be used again. */
export async function restWatch(ctx: MutationCtx, watch: Watch): Promise<void> {
  await ctx.db.patch(watch._id, { dueAt: null });
}

/** After a pause: whatever has become due meanwhile is done with the next tick. */
export async function wakeWatches(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">): Promise<void> {
  for (const watch of await watchesOf(ctx, providerConfigId)) await changeWatch(ctx, watch, {});
}

/** After a reconnect: every calendar of the account is watched anew, whatever went wrong before. Its channels may have ended with the consent. */
export async function rewatch(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">): Promise<void> {
  for (const watch of await watchesOf(ctx, providerConfigId)) {
    await retireChannels(ctx, watch._id);
    await changeWatch(ctx, watch, { watchAt: Date.now(), failures: 0, unwatchable: false, reason: null });
  }
}

/**
 * Relies on no open channel of a watch any more. What they still tell has no effect, and the next one that is opened begins
 * with a read.
 */
export async function retireChannels(
  ctx: MutationCtx,
  watchId: Id<"calendarWatches">,
  statuses: readonly ("opening" | "active")[] = ["active"],
): Promise<void> {
  for (const status of statuses) {
    const rows = await ctx.db
      .query("webhookSubscriptions")
      .withIndex("by_watchId_status", (q) => q.eq("watchId", watchId).eq("status", status))
      .take(CHANNELS);
    for (const row of rows) await ctx.db.patch(row._id, { status: row.resourceId === null ? "failed" : "replaced" });
  }
}

/** A calendar that is gone is not looked after any more. What its channels still tell has no effect. */
export async function endWatch(
  ctx: MutationCtx,
  providerConfigId: Id<"providerConfigs">,
  calendarId: Id<"calendars"> | null,
): Promise<void> {
  const watch = await watchOf(ctx, providerConfigId, calendarId);
  if (watch === null) return;
  await retireChannels(ctx, watch._id, ["opening", "active"]);
  await ctx.db.delete(watch._id);
}

/** True where the provider of an account can tell us about changes. */
export const pushes = (provider: string): boolean => profileOf(provider)?.capabilities.push ?? false;

/** Between two reads of an account's list of calendars that nothing asked for: where a provider pushes, its watch asks for the others. */
export const listIntervalMs = (provider: string): number => (pushes(provider) ? DAY_MS : pollingIntervalMs());

function earliest({ watchAt, readAt, fullAt }: Times): number | null {
  const times = [watchAt, readAt, fullAt].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
