import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";
import { listIntervalMs } from "../webhooks/watches";
import { enqueue } from "./enqueue";

/** Of one transaction; where more are due, another follows at once. */
const CONNECTIONS_PER_TICK = 50;

/**
 * Every minute: connections whose turn it is have their calendar list read, which in turn asks for every calendar of a
 * provider that cannot push. A connection that waits for its user has no next time.
 */
export const tick = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const now = Date.now();
    const due = await ctx.db
      .query("connectionState")
      .withIndex("by_nextSyncAt", (q) => q.gt("nextSyncAt", 0).lte("nextSyncAt", now))
      .take(CONNECTIONS_PER_TICK);
    for (const state of due) {
      const config = await ctx.db.get(state.providerConfigId);
      await ctx.db.patch(state._id, { nextSyncAt: config === null ? null : now + listIntervalMs(config.provider) });
      if (config === null) continue;
      await enqueue(ctx, {
        orgId: state.orgId,
        providerConfigId: state.providerConfigId,
        calendarId: null,
        type: "refresh_calendar_list",
        priority: "low",
      });
    }
    if (due.length === CONNECTIONS_PER_TICK) await ctx.scheduler.runAfter(0, internal.sync.polling.tick, {});
    return due.length;
  },
});
