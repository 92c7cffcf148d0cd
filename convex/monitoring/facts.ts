import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { refusalsSince } from "../webhooks/refusals";
import { namesOf } from "./names";

/*
 * What the rules of alerts need to know of push channels. Each is one bounded read of what `webhooks/` keeps.
 */

/** Rows of each kind that one look takes in. */
const LOOKED_AT = 500;
/** The failure after which a calendar is polled instead, and somebody is told. */
const TOLD_FROM = 4;

/**
 * Notifications since `since` (epoch milliseconds): all that came in, and those that were refused. Where more were accepted than
 * are looked at, both are of the time in which the last of them came.
 */
export async function notificationFacts(
  ctx: Pick<QueryCtx, "db">,
  since: number,
): Promise<{ received: number; refused: number }> {
  const accepted = await ctx.db
    .query("webhookNotifications")
    .withIndex("by_receivedAt", (q) => q.gte("receivedAt", since))
    .order("desc")
    .take(LOOKED_AT);
  const oldest = accepted.length < LOOKED_AT ? undefined : accepted.at(-1);
  const refused = await refusalsSince(ctx, oldest?.receivedAt ?? since);
  return { received: accepted.length + refused, refused };
}

/** A calendar whose push channel could neither be kept nor replaced. */
export interface FailedChannel {
  watchId: Id<"calendarWatches">;
  calendarId: Id<"calendars"> | null;
  owner: { orgId: Id<"organizations">; ownerUserId: Id<"users"> };
  /** The account's name. */
  label: string;
  /** A code such as `callback_unreachable`. */
  reason: string;
}

/** The channels that an alert is due for, at most 200. */
export async function failedChannels(ctx: Pick<QueryCtx, "db">): Promise<FailedChannel[]> {
  const watches = await ctx.db
    .query("calendarWatches")
    .withIndex("by_failures", (q) => q.gte("failures", TOLD_FROM))
    .take(200);
  const names = namesOf(ctx, "deployment");
  return await Promise.all(
    watches.map(async ({ _id, calendarId, orgId, ownerUserId, providerConfigId, reason }) => ({
      watchId: _id,
      calendarId,
      owner: { orgId, ownerUserId },
      label: (await names.connection(providerConfigId)) ?? "",
      reason: reason?.code ?? "unknown",
    })),
  );
}
