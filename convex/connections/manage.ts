import { ConvexError, v } from "convex/values";
import { mutation } from "../_generated/server";
import { enqueue } from "../sync/enqueue";
import { listIntervalMs } from "../webhooks/watches";
import { audit } from "../monitoring/audit";
import { connectionLabel } from "./label";
import { requireConnection } from "./ownership";
import { beginRemoval } from "./removal";

/** Reads the calendar list and every calendar of the account as soon as a slot is free. */
export const syncNow = mutation({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const { config, state } = await requireConnection(ctx, connectionId);
    if (state.status === "reconnect_required" || state.status === "disconnecting") {
      throw new ConvexError({
        code: "not_connected",
        message: "This account has to be reconnected before it can sync.",
      });
    }
    await ctx.db.patch(state._id, { nextSyncAt: Date.now() + listIntervalMs(config.provider) });
    await enqueue(ctx, {
      orgId: config.orgId,
      providerConfigId: config._id,
      calendarId: null,
      type: "refresh_calendar_list",
      priority: "critical",
    });
    return null;
  },
});

/** Forgets the account's secret at once and its data step by step. Nothing changes at the server. */
export const disconnect = mutation({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const { caller, config } = await requireConnection(ctx, connectionId);
    await beginRemoval(ctx, config._id);
    const object = { kind: "connection" as const, id: config._id, label: connectionLabel(config) };
    await audit(ctx, { actor: caller.user._id, action: "connection_disconnected", object, outcome: "done", owner: config });
    return null;
  },
});
