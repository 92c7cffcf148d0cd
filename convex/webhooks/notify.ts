import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, type MutationCtx, type QueryCtx } from "../_generated/server";
import { equalInConstantTime } from "../../lib/security/constant-time";
import { sha256Hex } from "../../lib/security/sha256";
import { requireServer } from "../accounts/server";
import { stateOf } from "../connections/ownership";
import { pollingOnly } from "../settings";
import { enqueue } from "../sync/enqueue";

/** Of the notifications that did not verify, one in so many leaves a trace. */
const SAMPLED = 20;
/** Compared with where there is no channel, so that an unknown one takes as long as a wrong token. */
const NO_HASH = "0".repeat(64);

/**
 * One notification, from the route that took it. `unknown` stands for a channel that is not ours and for a token that is not
 * the channel's: whoever calls cannot tell which. A repeated delivery, a channel that was replaced or stopped and an account
 * that is paused have no effect and are no error.
 */
export const receive = mutation({
  args: {
    secret: v.string(),
    provider: v.string(),
    channelId: v.string(),
    token: v.string(),
    deliveryId: v.string(),
    /** False for the message that only says that the channel is open. */
    tellsOfChange: v.boolean(),
  },
  returns: v.union(v.literal("accepted"), v.literal("unknown")),
  handler: async (ctx, { secret, provider, channelId, token, deliveryId, tellsOfChange }) => {
    requireServer(secret);
    const row = await ctx.db
      .query("webhookSubscriptions")
      .withIndex("by_channelId", (q) => q.eq("channelId", channelId))
      .unique();
    const isOurs = equalInConstantTime(await sha256Hex(token), row?.tokenHash ?? NO_HASH);
    if (row === null || !isOurs || row.provider !== provider) {
      if (Math.random() < 1 / SAMPLED) await ctx.db.insert("webhookRefusals", { provider, weight: SAMPLED, at: Date.now() });
      return "unknown";
    }
    if (await isRepeated(ctx, row._id, deliveryId)) return "accepted";
    const asked = tellsOfChange && (await mayAct(ctx, row)) ? await ask(ctx, row) : NOTHING;
    const { orgId, ownerUserId, providerConfigId, calendarId, watchId } = row;
    await ctx.db.insert("webhookNotifications", {
      orgId,
      ownerUserId,
      providerConfigId,
      calendarId,
      watchId,
      subscriptionId: row._id,
      provider,
      deliveryId,
      ...asked,
      tellsOfChange,
      receivedAt: Date.now(),
    });
    return "accepted";
  },
});

async function isRepeated(ctx: MutationCtx, subscriptionId: Id<"webhookSubscriptions">, deliveryId: string): Promise<boolean> {
  const known = await ctx.db
    .query("webhookNotifications")
    .withIndex("by_subscriptionId_deliveryId", (q) => q.eq("subscriptionId", subscriptionId).eq("deliveryId", deliveryId))
    .first();
  return known !== null;
}

async function mayAct(ctx: MutationCtx, row: Doc<"webhookSubscriptions">): Promise<boolean> {
  if (pollingOnly() || (row.status !== "active" && row.status !== "opening")) return false;
  const state = await stateOf(ctx, row.providerConfigId);
  return state?.status === "active" || state?.status === "degraded";
}

type Asked = Pick<Doc<"webhookNotifications">, "effect" | "jobId">;
const NOTHING: Asked = { effect: "none", jobId: null };

async function ask(ctx: MutationCtx, row: Doc<"webhookSubscriptions">): Promise<Asked> {
  const { orgId, providerConfigId, calendarId } = row;
  const type = calendarId === null ? "refresh_calendar_list" : "webhook_sync";
  const { jobId, joined } = await enqueue(ctx, { orgId, providerConfigId, calendarId, type, priority: "high" });
  return { effect: joined ? "joined" : "queued", jobId };
}

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
