"use node";

import { v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { action } from "../../_generated/server";
import { openOAuth } from "../../../lib/providers/oauth-registry";
import { returnPage } from "../../../lib/providers/return-pages";
import { parseEncryptionKeys, seal } from "../../../lib/security/envelope";
import { randomValue, s256 } from "../../../lib/security/pkce";
import { requireServer } from "../../accounts/server";
import { encryptionKeys } from "../../settings";
import { verifierContext } from "./verifier";

const MINUTE = 60_000;

const outcome = v.union(
  v.object({ ok: v.literal(true), url: v.string() }),
  v.object({
    ok: v.literal(false),
    code: v.union(v.literal("rate_limited"), v.literal("not_configured"), v.literal("no_such_connection")),
  }),
);

/**
 * Server only, in the name of a signed-in person. Begins an authorization and says where to send the browser. `session`
 * stands for the browser, `address` is whom the attempt is counted for besides the person; `connectionId` reconnects.
 */
export const start = action({
  args: {
    secret: v.string(),
    provider: v.string(),
    session: v.string(),
    address: v.string(),
    redirectUri: v.string(),
    returnTo: v.union(v.string(), v.null()),
    connectionId: v.union(v.string(), v.null()),
  },
  returns: outcome,
  handler: async (ctx, args): Promise<Infer<typeof outcome>> => {
    requireServer(args.secret);
    const { provider, session, redirectUri } = args;
    const caller: { userId: Id<"users">; orgId: Id<"organizations"> } = await ctx.runQuery(internal.accounts.caller.current, {});
    const waitMs: number = await ctx.runMutation(internal.accounts.rateLimits.take, {
      limits: [
        { key: `oauth ${caller.userId}`, limit: 30, windowMs: 10 * MINUTE },
        { key: `oauth from ${args.address}`, limit: 100, windowMs: 10 * MINUTE },
      ],
    });
    if (waitMs > 0) return { ok: false, code: "rate_limited" };
    const oauth = openOAuth(provider, process.env);
    if (oauth === null) return { ok: false, code: "not_configured" };
    let again: { connectionId: Id<"providerConfigs">; account: string } | null = null;
    if (args.connectionId !== null) {
      again = await ctx.runQuery(internal.connections.oauth.states.reconnectable, { provider, connectionId: args.connectionId });
      if (again === null) return { ok: false, code: "no_such_connection" };
    }
    const state = randomValue();
    const verifier = randomValue();
    const stateHash = await s256(state);
    await ctx.runMutation(internal.connections.oauth.states.begin, {
      provider,
      session,
      stateHash,
      redirectUri,
      verifier: await seal(parseEncryptionKeys(encryptionKeys()), verifierContext({ orgId: caller.orgId, provider, stateHash }), verifier),
      returnTo: returnPage(args.returnTo),
      reconnects: again?.connectionId ?? null,
    });
    const url = oauth.authorizationUrl({ state, codeChallenge: await s256(verifier), redirectUri, loginHint: again?.account ?? null });
    return { ok: true, url };
  },
});
