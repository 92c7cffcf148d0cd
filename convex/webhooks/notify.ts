import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, type MutationCtx, type QueryCtx } from "../_generated/server";
import { equalInConstantTime } from "../../lib/security/constant-time";
import { sha256Hex } from "../../lib/security/sha256";
import { requireServer } from "../accounts/server";
import { stateOf } from "../connections/ownership";
import { pollingOnly } from "../settings";
import { enqueue } from "../sync/enqueue";
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
 * ours and for a token that is not the channel's: whoever calls cannot tell which. A repeated delivery, a channel that was replaced
 * or stopped and an account that is paused have no effect and are no error. What several have in common is read and written once.
 */
export const receive = mutation({
  args: { secret: v.string(), notifications: v.array(notification) },
  returns: v.array(outcome),
  handler: async (ctx, { secret, notifications }) => {
    requireServer(secret);
    if (notifications.length > MOST) {
      throw new ConvexError({ code: "too_many", message: `At most ${MOST} notifications can be handed over together.` });
    }
    const intake = new Intake(ctx);
    const outcomes: Infer<typeof outcome>[] = [];
    for (const one of notifications) outcomes.push((await intake.take(one)) ? "accepted" : "unknown");
    await countRefusals(ctx, intake.refused, Date.now());
    return outcomes;
  },
});

type Asked = Pick<Doc<"webhookNotifications">, "effect" | "jobId">;
const NOTHING: Asked = { effect: "none", jobId: null };

/** Takes notifications one after the other, and remembers what the next ones need as well. */
class Intake {
  /** By provider: those that did not verify. */
  readonly refused = new Map<string, number>();
  private readonly channels = new Map<string, Promise<Subscription | null>>();
  private readonly hashes = new Map<string, Promise<string>>();
  private readonly actives = new Map<Id<"providerConfigs">, Promise<boolean>>();
  private readonly asked = new Map<Id<"calendarWatches">, Asked>();
  private readonly taken = new Set<string>();

  constructor(private readonly ctx: MutationCtx) {}

  /** False where it did not verify. */
  async take({ provider, channelId, token, deliveryId, tellsOfChange }: Notification): Promise<boolean> {
    const row = await once(this.channels, channelId, () => channelOf(this.ctx, channelId));
    const hash = await once(this.hashes, token, () => sha256Hex(token));
    const isOurs = equalInConstantTime(hash, row?.tokenHash ?? NO_HASH);
    if (row === null || !isOurs || row.provider !== provider) {
      this.refused.set(provider, (this.refused.get(provider) ?? 0) + 1);
      return false;
    }
    if (await this.isRepeated(row, deliveryId)) return true;
    const asked = tellsOfChange && (await this.mayAct(row)) ? await this.ask(row) : NOTHING;
    const { orgId, ownerUserId, providerConfigId, calendarId, watchId } = row;
    const about = { orgId, ownerUserId, providerConfigId, calendarId, watchId, subscriptionId: row._id, provider };
    await this.ctx.db.insert("webhookNotifications", { ...about, deliveryId, ...asked, tellsOfChange, receivedAt: Date.now() });
    return true;
  }

  private async isRepeated({ _id }: Subscription, deliveryId: string): Promise<boolean> {
    const key = `${_id} ${deliveryId}`;
    if (this.taken.has(key)) return true;
    this.taken.add(key);
    const known = await this.ctx.db
      .query("webhookNotifications")
      .withIndex("by_subscriptionId_deliveryId", (q) => q.eq("subscriptionId", _id).eq("deliveryId", deliveryId))
      .first();
    return known !== null;
  }

  private async mayAct({ status, providerConfigId }: Subscription): Promise<boolean> {
    if (pollingOnly() || (status !== "active" && status !== "opening")) return false;
    return await once(this.actives, providerConfigId, async () => {
      const state = await stateOf(this.ctx, providerConfigId);
      return state?.status === "active" || state?.status === "degraded";
    });
  }

  /** Asks for one read of what the channel watches, however many tell of it. */
  private async ask({ orgId, providerConfigId, calendarId, watchId }: Subscription): Promise<Asked> {
    const before = this.asked.get(watchId);
    if (before !== undefined) return before;
    const type = calendarId === null ? "refresh_calendar_list" : "webhook_sync";
    const work = { orgId, providerConfigId, calendarId, type, priority: "high" } as const;
    const { jobId, joined } = await enqueue(this.ctx, work, { apartMs: BETWEEN_READS_MS });
    this.asked.set(watchId, { effect: "joined", jobId });
    return { effect: joined ? "joined" : "queued", jobId };
  }
}

/** Of a storm of notifications about one calendar, the first is followed at once, the others by one read each half second. */
const BETWEEN_READS_MS = 500;

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
