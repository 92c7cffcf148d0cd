import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import type { ActionCtx } from "../../_generated/server";
import type { ExchangeResult } from "../../../lib/providers/oauth";
import { parseEncryptionKeys, seal } from "../../../lib/security/envelope";
import { encryptionKeys } from "../../settings";
import { envelopeContext } from "../credentials/envelopes";

/** Makes, or finds, the caller's connection of an account that was signed in to, seals its tokens and starts the first sync. */
export async function connectAccount(
  ctx: Pick<ActionCtx, "runMutation">,
  provider: string,
  { tokens, account }: Pick<Extract<ExchangeResult, { kind: "tokens" }>, "tokens" | "account">,
): Promise<void> {
  const field = "oauth";
  const ids: { orgId: Id<"organizations">; providerConfigId: Id<"providerConfigs"> } = await ctx.runMutation(
    internal.connections.activation.prepare,
    { provider, account: account.email, subject: account.subject, serverUrl: "" },
  );
  const envelope = await seal(parseEncryptionKeys(encryptionKeys()), envelopeContext({ ...ids, provider, field }), JSON.stringify(tokens));
  await ctx.runMutation(internal.connections.activation.activate, { providerConfigId: ids.providerConfigId, field, envelope });
}
