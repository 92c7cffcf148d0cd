"use node";

import { v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { action, type ActionCtx } from "../../_generated/server";
import type { ExchangeResult } from "../../../lib/providers/oauth";
import { openOAuth } from "../../../lib/providers/oauth-registry";
import { open, parseEncryptionKeys } from "../../../lib/security/envelope";
import { s256 } from "../../../lib/security/pkce";
import { requireServer } from "../../accounts/server";
import { encryptionKeys } from "../../settings";
import { connectAccount } from "./connectAccount";
import { verifierContext } from "./verifier";

const outcome = v.object({
  /** `connected`, or what went wrong, in one word that the page has a sentence for. */
  code: v.string(),
  /** Where to go; null where the authorization is unknown. */
  returnTo: v.union(v.string(), v.null()),
});
type Outcome = Infer<typeof outcome>;

interface Begun {
  verifier: string;
  redirectUri: string;
  returnTo: string;
  reconnects: Id<"providerConfigs"> | null;
  orgId: Id<"organizations">;
}

/**
 * Server only, in the name of a signed-in person. Turns the code that the browser brought back into a connected account:
 * takes the state (once), exchanges the code, seals the tokens, starts the first sync.
 */
export const complete = action({
  args: {
    secret: v.string(),
    provider: v.string(),
    session: v.string(),
    state: v.string(),
    code: v.string(),
    issuer: v.union(v.string(), v.null()),
  },
  returns: outcome,
  handler: async (ctx, { secret, provider, session, state, code, issuer }): Promise<Outcome> => {
    requireServer(secret);
    const stateHash = await s256(state);
    const begun: Begun | null = await ctx.runMutation(internal.connections.oauth.states.take, { provider, stateHash, session });
    if (begun === null) return { code: "state_invalid", returnTo: null };
    const { returnTo, redirectUri, orgId } = begun;
    const oauth = openOAuth(provider, process.env);
    if (oauth === null) return { code: "not_configured", returnTo };
    const codeVerifier = await open(
      parseEncryptionKeys(encryptionKeys()),
      verifierContext({ orgId, provider, stateHash }),
      begun.verifier,
    ).catch(() => null);
    if (codeVerifier === null) return { code: "state_invalid", returnTo };
    const result = await oauth.exchange({ code, codeVerifier, redirectUri, issuer });
    return { code: await finish(ctx, { provider, result, reconnects: begun.reconnects }), returnTo };
  },
});

async function finish(
  ctx: ActionCtx,
  { provider, result, reconnects }: { provider: string; result: ExchangeResult; reconnects: Id<"providerConfigs"> | null },
): Promise<string> {
  if (result.kind !== "tokens") return result.kind === "rejected" ? result.code : "provider_unavailable";
  if (reconnects !== null) {
    const subject: string | null = await ctx.runQuery(internal.connections.oauth.states.subjectOf, { connectionId: reconnects });
    if (subject !== result.account.subject) return "another_account";
  }
  await connectAccount(ctx, provider, result);
  return reconnects === null ? "connected" : "reconnected";
}
