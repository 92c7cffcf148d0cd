import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { stateOf, syncs } from "../connections/ownership";
import { pollingOnly } from "../settings";
import { enqueue } from "../sync/enqueue";

const told = v.object({ subscriptionId: v.id("webhookSubscriptions"), deliveryId: v.string(), tellsOfChange: v.boolean() });
/** What one verified notification says. */
export type Told = Infer<typeof told>;

type Asked = Pick<Doc<"webhookNotifications">, "effect" | "jobId">;
const NOTHING: Asked = { effect: "none", jobId: null };
/** Of a storm of notifications about one calendar, the first is followed at once, the others by one read each half second. */
const BETWEEN_READS_MS = 500;

/**
 * Takes in verified notifications of one calendar, or of one calendar list: writes them down, and asks for one read of it.
 * A repeated delivery, a channel that was replaced or stopped and an account that is paused have no effect and are no error; nor
 * is a channel that has been removed since.
 */
export const take = internalMutation({
  args: { providerConfigId: v.id("providerConfigs"), notifications: v.array(told), receivedAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { providerConfigId, notifications, receivedAt }) => {
    const mayAct = !pollingOnly() && syncs(await stateOf(ctx, providerConfigId));
    const asked = new Map<Id<"calendarWatches">, Asked>();
    for (const { subscriptionId, deliveryId, tellsOfChange } of notifications) {
      const row = await ctx.db.get(subscriptionId);
      if (row === null || (await isRepeated(ctx, subscriptionId, deliveryId))) continue;
      const isOpen = row.status === "active" || row.status === "opening";
      const effect = tellsOfChange && mayAct && isOpen ? await ask(ctx, row, asked) : NOTHING;
      const { orgId, ownerUserId, calendarId, watchId, provider } = row;
      const about = { orgId, ownerUserId, providerConfigId, calendarId, watchId, subscriptionId, provider };
      await ctx.db.insert("webhookNotifications", { ...about, deliveryId, ...effect, tellsOfChange, receivedAt });
    }
    return null;
  },
});

async function isRepeated(ctx: MutationCtx, subscriptionId: Id<"webhookSubscriptions">, deliveryId: string): Promise<boolean> {
  const known = await ctx.db
    .query("webhookNotifications")
    .withIndex("by_subscriptionId_deliveryId", (q) => q.eq("subscriptionId", subscriptionId).eq("deliveryId", deliveryId))
    .first();
  return known !== null;
}

/** Asks for one read of what the channel watches, however many tell of it together. */
async function ask(
  ctx: MutationCtx,
  { orgId, providerConfigId, calendarId, watchId }: Doc<"webhookSubscriptions">,
  asked: Map<Id<"calendarWatches">, Asked>,
): Promise<Asked> {
  const before = asked.get(watchId);
  if (before !== undefined) return before;
  const type = calendarId === null ? "refresh_calendar_list" : "webhook_sync";
  const work = { orgId, providerConfigId, calendarId, type, priority: "high" } as const;
  const { jobId, joined } = await enqueue(ctx, work, { apartMs: BETWEEN_READS_MS });
  asked.set(watchId, { effect: "joined", jobId });
  return { effect: joined ? "joined" : "queued", jobId };
}
