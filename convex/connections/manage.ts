import { ConvexError, v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { mutation, type MutationCtx } from "../_generated/server";
import type { AuditAction } from "../../lib/monitoring/audit-actions";
import type { Caller } from "../accounts/caller";
import { audit } from "../monitoring/audit";
import { enqueue } from "../sync/enqueue";
import { closeBreaker } from "../sync/breaker";
import { cancelUnfinished } from "../sync/endWork";
import { listIntervalMs, wakeWatches } from "../webhooks/watches";
import { connectionLabel } from "./label";
import { requireConnection, syncs } from "./ownership";
import { beginRemoval } from "./removal";

/** Reads the calendar list and every calendar of the account as soon as a slot is free. */
export const syncNow = mutation({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const { config, state } = await requireConnection(ctx, connectionId);
    requireUsable(state);
    await ctx.db.patch(state._id, { nextSyncAt: Date.now() + listIntervalMs(config.provider) });
    await readAll(ctx, config);
    return null;
  },
});

/** Reads the calendar list and every calendar of the account in full: what differs from the provider is mended, what is right is not touched. */
export const rebuild = mutation({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const { caller, config, state } = await requireConnection(ctx, connectionId);
    requireUsable(state);
    await closeBreaker(ctx, connectionId);
    await ctx.scheduler.runAfter(0, internal.calendars.rebuild.step, { providerConfigId: connectionId, cursor: null });
    await note(ctx, caller, config, "rebuild_requested");
    return null;
  },
});

/** Lets the account rest: what is here stays, nothing is read until somebody resumes it, also of what is being read now. */
export const pause = mutation({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const { caller, config, state } = await requireConnection(ctx, connectionId);
    if (!syncs(state)) return null;
    await ctx.db.patch(state._id, { status: "paused", reason: null, nextSyncAt: null });
    await cancelUnfinished(ctx, connectionId);
    await note(ctx, caller, config, "connection_paused");
    return null;
  },
});

/** Ends a pause, and reads at once what has changed meanwhile. */
export const resume = mutation({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const { caller, config, state } = await requireConnection(ctx, connectionId);
    if (state.status !== "paused") return null;
    await ctx.db.patch(state._id, { status: "active", reason: null, nextSyncAt: Date.now() + listIntervalMs(config.provider) });
    await wakeWatches(ctx, connectionId);
    await note(ctx, caller, config, "connection_resumed");
    await readAll(ctx, config);
    return null;
  },
});

/** @throws ConvexError where nothing may be read now */
function requireUsable({ status }: Doc<"connectionState">): void {
  if (status === "paused") throw new ConvexError({ code: "paused", message: "This account is paused. Resume it to sync." });
  if (status !== "reconnect_required" && status !== "disconnecting") return;
  throw new ConvexError({ code: "not_connected", message: "This account has to be reconnected before it can sync." });
}

async function readAll(ctx: MutationCtx, { _id, orgId }: Doc<"providerConfigs">): Promise<void> {
  await closeBreaker(ctx, _id);
  await enqueue(ctx, { orgId, providerConfigId: _id, calendarId: null, type: "refresh_calendar_list", priority: "critical" });
}

/** Forgets the account's secret at once and its data step by step. No event changes at the server; a consent given there is withdrawn. */
export const disconnect = mutation({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const { caller, config } = await requireConnection(ctx, connectionId);
    await beginRemoval(ctx, config._id);
    await note(ctx, caller, config, "connection_disconnected");
    return null;
  },
});

async function note(ctx: MutationCtx, caller: Caller, config: Doc<"providerConfigs">, action: AuditAction): Promise<void> {
  const object = { kind: "connection" as const, id: config._id, label: connectionLabel(config) };
  await audit(ctx, { actor: caller.user._id, action, object, outcome: "done", owner: config });
}
