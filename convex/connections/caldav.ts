"use node";

import { v, type Infer } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { action, type ActionCtx } from "../_generated/server";
import { testConnection } from "../../lib/providers/caldav/test-connection";
import { parseEncryptionKeys, seal } from "../../lib/security/envelope";
import { addressPolicy, encryptionKeys } from "../settings";
import { envelopeContext } from "./credentials/envelopes";

const PROVIDER = "caldav";
const FIELD = "password";
const MINUTE = 60_000;

const outcome = v.union(
  v.object({
    ok: v.literal(true),
    connectionId: v.id("providerConfigs"),
    calendars: v.number(),
  }),
  v.object({
    ok: v.literal(false),
    code: v.string(),
    message: v.string(),
    action: v.string(),
    field: v.union(
      v.literal("serverUrl"),
      v.literal("username"),
      v.literal("password"),
      v.null(),
    ),
  }),
);
type Outcome = Infer<typeof outcome>;

/**
 * Connects a CalDAV account: tests the server as it will be used, seals the password, starts
 * the first sync. A failed test says which field is wrong and what to do, and stores nothing.
 */
export const connect = action({
  args: { serverUrl: v.string(), username: v.string(), password: v.string() },
  returns: outcome,
  handler: async (ctx, { serverUrl, username, password }): Promise<Outcome> => {
    const limited = await tooMany(ctx);
    if (limited !== null) return limited;
    const account = username.trim();
    const tested = await testConnection({
      serverUrl,
      username: account,
      password,
      policy: addressPolicy(),
    });
    if (!tested.ok) return tested;
    const prepared: { orgId: Id<"organizations">; providerConfigId: Id<"providerConfigs"> } =
      await ctx.runMutation(internal.connections.activation.prepare, {
        provider: PROVIDER,
        account,
        serverUrl: tested.serverUrl,
      });
    await sealAndActivate(ctx, prepared, password);
    return {
      ok: true,
      connectionId: prepared.providerConfigId,
      calendars: tested.calendars.length,
    };
  },
});

/** Gives an account that stopped working a new password, after testing it. */
export const reconnect = action({
  args: { connectionId: v.id("providerConfigs"), password: v.string() },
  returns: outcome,
  handler: async (ctx, { connectionId, password }): Promise<Outcome> => {
    const limited = await tooMany(ctx);
    if (limited !== null) return limited;
    const config: { orgId: Id<"organizations">; account: string; serverUrl: string } =
      await ctx.runQuery(internal.connections.activation.reconnectable, { connectionId });
    const tested = await testConnection({
      serverUrl: config.serverUrl,
      username: config.account,
      password,
      policy: addressPolicy(),
    });
    if (!tested.ok) return tested;
    await sealAndActivate(ctx, { orgId: config.orgId, providerConfigId: connectionId }, password);
    return { ok: true, connectionId, calendars: tested.calendars.length };
  },
});

/** Also the check that somebody is signed in: nobody else may make us call an address. */
async function tooMany(ctx: ActionCtx): Promise<Extract<Outcome, { ok: false }> | null> {
  const caller: { userId: Id<"users"> } = await ctx.runQuery(internal.accounts.caller.current, {});
  const waitMs: number = await ctx.runMutation(internal.accounts.rateLimits.take, {
    limits: [{ key: `connect ${caller.userId}`, limit: 30, windowMs: 10 * MINUTE }],
  });
  if (waitMs === 0) return null;
  return {
    ok: false,
    code: "rate_limited",
    message: "Too many attempts in a short time.",
    action: `Wait ${Math.ceil(waitMs / MINUTE)} minutes, then try again.`,
    field: null,
  };
}

async function sealAndActivate(
  ctx: ActionCtx,
  ids: { orgId: Id<"organizations">; providerConfigId: Id<"providerConfigs"> },
  password: string,
): Promise<void> {
  const envelope = await seal(
    parseEncryptionKeys(encryptionKeys()),
    envelopeContext({ ...ids, provider: PROVIDER, field: FIELD }),
    password,
  );
  await ctx.runMutation(internal.connections.activation.activate, {
    providerConfigId: ids.providerConfigId,
    field: FIELD,
    envelope,
  });
}
