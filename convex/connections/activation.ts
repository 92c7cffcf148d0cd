import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx } from "../_generated/server";
import { requireCaller } from "../accounts/caller";
import { incidentKey } from "../../lib/monitoring/alert-kinds";
import { closeAlert } from "../monitoring/alerts/incidents";
import { audit } from "../monitoring/audit";
import { closeBreaker } from "../sync/breaker";
import { enqueue } from "../sync/enqueue";
import { listIntervalMs, rewatch } from "../webhooks/watches";
import { storeEnvelope } from "./credentials/envelopes";
import { connectionLabel } from "./label";
import { requireConnection, stateOf } from "./ownership";

/*
 * A connection is made in two steps, because its secret is sealed to its row's id: `prepare`
 * makes the row, the action seals the secret, `activate` stores it and starts the first sync.
 * A prepared connection that was never activated has no state and appears nowhere.
 */

/**
 * The row of the caller's account: the one that is there already, or a new one. An account is the same by its
 * `subject` where signing in tells one (it may have a new e-mail), otherwise by its name at its server.
 */
export const prepare = internalMutation({
  args: { provider: v.string(), account: v.string(), serverUrl: v.string(), subject: v.optional(v.string()) },
  returns: v.object({ orgId: v.id("organizations"), providerConfigId: v.id("providerConfigs") }),
  handler: async (ctx, args) => {
    const { orgId, user } = await requireCaller(ctx);
    const mine = await ctx.db
      .query("providerConfigs")
      .withIndex("by_orgId_ownerUserId", (q) => q.eq("orgId", orgId).eq("ownerUserId", user._id))
      .take(100);
    const same = await findUsable(ctx, mine, args);
    if (same === null) {
      return { orgId, providerConfigId: await ctx.db.insert("providerConfigs", { orgId, ownerUserId: user._id, ...args }) };
    }
    if (same.account !== args.account) await ctx.db.patch(same._id, { account: args.account });
    return { orgId, providerConfigId: same._id };
  },
});

async function findUsable(
  ctx: MutationCtx,
  configs: Doc<"providerConfigs">[],
  wanted: Pick<Doc<"providerConfigs">, "provider" | "account" | "serverUrl" | "subject">,
): Promise<Doc<"providerConfigs"> | null> {
  for (const config of configs) {
    const isSame =
      wanted.subject === undefined
        ? config.account === wanted.account && config.serverUrl === wanted.serverUrl
        : config.subject === wanted.subject;
    if (config.provider !== wanted.provider || !isSame) continue;
    if ((await stateOf(ctx, config._id))?.status !== "disconnecting") return config;
  }
  return null;
}

/** Stores the sealed secret and starts the first sync. An account that is being disconnected meanwhile stays so. */
export const activate = internalMutation({
  args: { providerConfigId: v.id("providerConfigs"), field: v.string(), envelope: v.string() },
  returns: v.null(),
  handler: async (ctx, { providerConfigId, field, envelope }) => {
    const config = await ctx.db.get(providerConfigId);
    const state = await stateOf(ctx, providerConfigId);
    if (config === null || state?.status === "disconnecting") return null;
    const { orgId, ownerUserId } = config;
    await storeEnvelope(ctx, { orgId, providerConfigId, field, envelope });
    const moving = {
      status: "active" as const,
      reason: null,
      nextSyncAt: Date.now() + listIntervalMs(config.provider),
    };
    if (state === null) await ctx.db.insert("connectionState", { orgId, providerConfigId, ...moving });
    else await ctx.db.patch(state._id, moving);
    await closeBreaker(ctx, providerConfigId);
    await rewatch(ctx, providerConfigId);
    await closeAlert(ctx, incidentKey("authentication", providerConfigId));
    const object = { kind: "connection" as const, id: providerConfigId, label: connectionLabel(config) };
    const action = state === null ? "connection_made" : "connection_reconnected";
    await audit(ctx, { actor: ownerUserId, action, object, outcome: "done", owner: config });
    await enqueue(ctx, {
      orgId,
      providerConfigId,
      calendarId: null,
      type: "refresh_calendar_list",
      priority: "critical",
    });
    return null;
  },
});

/** What a reconnect needs to know of the caller's connection. */
export const reconnectable = internalQuery({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.object({
    orgId: v.id("organizations"),
    provider: v.string(),
    account: v.string(),
    serverUrl: v.string(),
  }),
  handler: async (ctx, { connectionId }) => {
    const { config } = await requireConnection(ctx, connectionId);
    return {
      orgId: config.orgId,
      provider: config.provider,
      account: config.account,
      serverUrl: config.serverUrl,
    };
  },
});
