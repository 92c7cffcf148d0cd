import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

/*
 * What the rules of alerts need to know of push channels. Each is one bounded read of what `webhooks/` keeps.
 */

/** Notifications since `since` (epoch milliseconds): all that came in, and those that were refused. */
export async function notificationFacts(
  _ctx: Pick<QueryCtx, "db">,
  _since: number,
): Promise<{ received: number; refused: number }> {
  return Promise.resolve({ received: 0, refused: 0 });
}

/** A push channel that could neither be kept nor replaced. */
export interface FailedChannel {
  subscriptionId: string;
  calendarId: Id<"calendars"> | null;
  owner: { orgId: Id<"organizations">; ownerUserId: Id<"users"> };
  /** The account's name. */
  label: string;
  /** A code such as `callback_unreachable`. */
  reason: string;
}

/** The channels that an alert is due for, at most 200. */
export async function failedChannels(_ctx: Pick<QueryCtx, "db">): Promise<FailedChannel[]> {
  return Promise.resolve([]);
}
