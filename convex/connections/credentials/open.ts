"use node";

import { internal } from "../../_generated/api";
import type { ActionCtx } from "../../_generated/server";
import { openOAuth } from "../../../lib/providers/oauth-registry";
import type { ProviderFailure } from "../../../lib/providers/port";
import { profileOf } from "../../../lib/providers/profiles";
import type { Credentials } from "../../../lib/providers/registry";
import { open, parseEncryptionKeys } from "../../../lib/security/envelope";
import { encryptionKeys, syncTimeoutMs } from "../../settings";
import { accessTokenSource, type SignedInAccount } from "./accessTokens";
import { envelopeContext } from "./envelopes";

/** Beyond the longest run: what it still has to report. */
const MARGIN_MS = 60_000;

/** What an account's provider is opened with, by how people sign in there. Throws where nothing usable is stored. */
export async function openCredentials(ctx: Pick<ActionCtx, "runQuery" | "runMutation">, account: SignedInAccount): Promise<Credentials> {
  const keys = parseEncryptionKeys(encryptionKeys());
  if (profileOf(account.provider)?.signIn !== "oauth") {
    const field = "password";
    const stored: { envelope: string } | null = await ctx.runQuery(internal.connections.credentials.envelopes.sealed, {
      providerConfigId: account.providerConfigId,
      field,
    });
    if (stored === null) throw new Error("The account has no stored password.");
    return { kind: "password", password: await open(keys, envelopeContext({ ...account, field }), stored.envelope) };
  }
  const oauth = openOAuth(account.provider, process.env);
  if (oauth === null) return { kind: "oauth", accessToken: () => Promise.resolve(NOT_CONFIGURED) };
  return { kind: "oauth", accessToken: accessTokenSource(ctx, account, { oauth, keys, minimumLifeMs: syncTimeoutMs() + MARGIN_MS }) };
}

/** The deployment had the provider's keys when the account was connected, and has them no more. */
const NOT_CONFIGURED: ProviderFailure = {
  kind: "rejected",
  code: "not_configured",
  message: "This deployment has no keys for signing in to the provider.",
  action: "Whoever runs LinearTime has to set them; docs/running.md names them.",
};
