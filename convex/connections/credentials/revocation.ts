"use node";

import { v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction, type ActionCtx } from "../../_generated/server";
import type { OAuthProvider, TokenSet } from "../../../lib/providers/oauth";
import { openOAuth } from "../../../lib/providers/oauth-registry";
import type { Channel } from "../../../lib/providers/port";
import { openProvider } from "../../../lib/providers/registry";
import { open, parseEncryptionKeys } from "../../../lib/security/envelope";
import { addressPolicy, encryptionKeys } from "../../settings";
import { stopChannels } from "../../webhooks/openChannel";
import { envelopeContext } from "./envelopes";

const ATTEMPTS = 4;
const FIRST_DELAY_MS = 60_000;

const outcome = v.union(v.literal("revoked"), v.literal("later"), v.literal("given_up"));

/**
 * Ends the channels of a disconnected account and withdraws its consent at the provider, then forgets the tokens. What
 * cannot be reached is tried a few times more; nothing here keeps an account connected.
 */
export const run = internalAction({
  args: {
    credentialId: v.id("providerCredentials"),
    provider: v.string(),
    /** The provider's own id of the account, where signing in told it. */
    subject: v.optional(v.string()),
    /** False where the consent is another connection's too: then it stays. */
    withdraw: v.boolean(),
    attempt: v.number(),
  },
  returns: outcome,
  handler: async (ctx, { credentialId, provider, subject, withdraw, attempt }): Promise<Infer<typeof outcome>> => {
    const secret: Forgotten | null = await ctx.runQuery(internal.connections.credentials.forgetting.load, { credentialId });
    if (secret === null) return "revoked";
    const oauth = openOAuth(provider, process.env);
    const tokens = oauth && (await usableTokens(oauth, await openTokens(provider, secret)));
    if (tokens !== null) await endChannels(ctx, provider, secret.providerConfigId, tokens);
    const result = withdraw && tokens !== null && !(await isNeeded(ctx, provider, subject)) ? await revoke(oauth, tokens) : "revoked";
    if (result === "may_pass" && attempt < ATTEMPTS) {
      const next = { credentialId, provider, subject, withdraw, attempt: attempt + 1 };
      await ctx.scheduler.runAfter(FIRST_DELAY_MS * 2 ** (attempt - 1), internal.connections.credentials.revocation.run, next);
      return "later";
    }
    await ctx.runMutation(internal.connections.credentials.forgetting.erase, { credentialId });
    return result === "revoked" ? "revoked" : "given_up";
  },
});

/** Somebody who connects the account again gives the same consent again: it is not to be withdrawn any more. */
async function isNeeded(ctx: ActionCtx, provider: string, subject: string | undefined): Promise<boolean> {
  if (subject === undefined) return false;
  const isConnected: boolean = await ctx.runQuery(internal.connections.credentials.forgetting.isConnectedAgain, { provider, subject });
  return isConnected;
}

interface Forgotten {
  orgId: Id<"organizations">;
  providerConfigId: Id<"providerConfigs">;
  field: string;
  envelope: string;
}

async function openTokens(provider: string, { envelope, ...row }: Forgotten): Promise<TokenSet | null> {
  return await open(parseEncryptionKeys(encryptionKeys()), envelopeContext({ ...row, provider }), envelope).then(
    (text) => JSON.parse(text) as TokenSet,
    () => null,
  );
}

/** With an access token that works, where the provider still gives one. */
async function usableTokens(oauth: OAuthProvider, tokens: TokenSet | null): Promise<TokenSet | null> {
  if (tokens === null || tokens.accessTokenExpiresAt > Date.now()) return tokens;
  const refreshed = await oauth.refresh(tokens.refreshToken);
  return refreshed.kind === "tokens" ? refreshed.tokens : tokens;
}

/** Channels that cannot be ended now end by themselves within days; what they tell until then has no effect. */
async function endChannels(
  ctx: ActionCtx,
  provider: string,
  providerConfigId: Id<"providerConfigs">,
  { accessToken }: TokenSet,
): Promise<void> {
  const channels: Channel[] = await ctx.runQuery(internal.webhooks.channels.ofConnection, { providerConfigId });
  if (channels.length === 0) return;
  const client = openProvider({
    provider,
    settings: {},
    credentials: { kind: "oauth", accessToken: () => Promise.resolve({ kind: "token", accessToken }) },
    environment: process.env,
    policy: addressPolicy(),
  });
  try {
    await stopChannels(ctx, client, channels);
  } finally {
    await client.close();
  }
}

async function revoke(oauth: OAuthProvider | null, { refreshToken }: TokenSet): Promise<"revoked" | "may_pass" | "impossible"> {
  if (oauth === null) return "impossible";
  const { kind } = await oauth.revoke(refreshToken);
  if (kind === "revoked") return kind;
  return kind === "unavailable" || kind === "rateLimited" ? "may_pass" : "impossible";
}
