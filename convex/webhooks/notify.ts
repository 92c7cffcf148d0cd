import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, type MutationCtx } from "../_generated/server";
import { equalInConstantTime } from "../../lib/security/constant-time";
import { sha256Hex } from "../../lib/security/sha256";
import { requireServer } from "../accounts/server";
import type { Told } from "./intake";
import { countRefusals } from "./refusals";

/** Notifications that one call may hand over. */
const MOST = 50;
/** Compared with where there is no channel, so that an unknown one takes as long as a wrong token. */
const NO_HASH = "0".repeat(64);

const notification = v.object({
  provider: v.string(),
  channelId: v.string(),
  token: v.string(),
  deliveryId: v.string(),
  /** False for the message that only says that the channel is open. */
  tellsOfChange: v.boolean(),
});
type Notification = Infer<typeof notification>;
const outcome = v.union(v.literal("accepted"), v.literal("unknown"));
type Subscription = Doc<"webhookSubscriptions">;

/**
 * Notifications, at most fifty, from the routes that took them; one outcome for each. `unknown` stands for a channel that is not
 * ours and for a token that is not the channel's: whoever calls cannot tell which.
 *
 * What verified is taken in by one mutation for each calendar that is told of, which is scheduled with this one and so as lasting:
 * whoever calls is answered without waiting for anybody's runs, and one calendar's runs delay no other's notifications.
 */
export const receive = mutation({
  args: { secret: v.string(), notifications: v.array(notification) },
  returns: v.array(outcome),
  handler: async (ctx, { secret, notifications }) => {
    requireServer(secret);
    if (notifications.length > MOST) {
      throw new ConvexError({ code: "too_many", message: `At most ${MOST} notifications can be handed over together.` });
    }
    const now = Date.now();
    const gate = new Gate(ctx);
    const outcomes: Infer<typeof outcome>[] = [];
    for (const one of notifications) outcomes.push((await gate.admits(one)) ? "accepted" : "unknown");
    for (const { providerConfigId, notifications: told } of gate.admitted.values()) {
      await ctx.scheduler.runAfter(0, internal.webhooks.intake.take, { providerConfigId, notifications: told, receivedAt: now });
    }
    await countRefusals(ctx, gate.refused, now);
    return outcomes;
  },
});

/** Verifies notifications one after the other, and remembers what the next ones need as well. */
class Gate {
  /** By what the channels watch. */
  readonly admitted = new Map<Id<"calendarWatches">, { providerConfigId: Id<"providerConfigs">; notifications: Told[] }>();
  /** By provider: those that did not verify. */
  readonly refused = new Map<string, number>();
  private readonly channels = new Map<string, Promise<Subscription | null>>();
  private readonly hashes = new Map<string, Promise<string>>();

  constructor(private readonly ctx: MutationCtx) {}

  async admits({ provider, channelId, token, deliveryId, tellsOfChange }: Notification): Promise<boolean> {
    const row = await once(this.channels, channelId, () => channelOf(this.ctx, channelId));
    const hash = await once(this.hashes, token, () => sha256Hex(token));
    const isOurs = equalInConstantTime(hash, row?.tokenHash ?? NO_HASH);
    if (row === null || !isOurs || row.provider !== provider) {
      this.refused.set(provider, (this.refused.get(provider) ?? 0) + 1);
      return false;
    }
    const told = this.admitted.get(row.watchId) ?? { providerConfigId: row.providerConfigId, notifications: [] };
    told.notifications.push({ subscriptionId: row._id, deliveryId, tellsOfChange });
    this.admitted.set(row.watchId, told);
    return true;
  }
}

async function once<Key, Value>(known: Map<Key, Promise<Value>>, key: Key, make: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return await value;
}

async function channelOf(ctx: MutationCtx, channelId: string): Promise<Subscription | null> {
  return await ctx.db
    .query("webhookSubscriptions")
    .withIndex("by_channelId", (q) => q.eq("channelId", channelId))
    .unique();
}
