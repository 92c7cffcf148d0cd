import { v } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { internalQuery, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { keyIdOf, type EnvelopeContext } from "../../../lib/security/envelope";

/*
 * Sealed secrets. Nothing outside of this folder reads or writes `providerCredentials`. A secret
 * is sealed and opened in Node actions; what passes through here is the envelope.
 */

/** The secrets that connections have: one password, or the `TokenSet` of one sign-in as JSON. */
export type Field = "password" | "oauth";

/** What an envelope is bound to: moved to another row it does not open. */
export function envelopeContext(config: {
  orgId: Id<"organizations">;
  providerConfigId: Id<"providerConfigs">;
  provider: string;
  field: string;
}): EnvelopeContext {
  const { orgId, ...rest } = config;
  return { org: orgId, ...rest };
}

/** The row of a secret that is still in use; null when there is none, or its account was disconnected. */
export async function secretInUse(
  ctx: Pick<QueryCtx, "db">,
  providerConfigId: Id<"providerConfigs">,
  field: string,
): Promise<Doc<"providerCredentials"> | null> {
  const row = await ctx.db
    .query("providerCredentials")
    .withIndex("by_providerConfigId_field", (q) => q.eq("providerConfigId", providerConfigId).eq("field", field))
    .unique();
  return row?.forgetAt === undefined ? row : null;
}

/** Stores a new secret's envelope in place of the one there was; whoever works with the old one is superseded. */
export async function storeEnvelope(
  ctx: MutationCtx,
  secret: {
    orgId: Id<"organizations">;
    providerConfigId: Id<"providerConfigs">;
    field: string;
    envelope: string;
  },
): Promise<void> {
  const keyId = keyIdOf(secret.envelope);
  const stored = await secretInUse(ctx, secret.providerConfigId, secret.field);
  if (stored === null) {
    await ctx.db.insert("providerCredentials", { ...secret, keyId, version: 1 });
  } else {
    const { envelope } = secret;
    await ctx.db.patch(stored._id, { envelope, keyId, version: stored.version + 1, refresh: undefined });
  }
}

/** The envelope of one secret and its version, for the action that opens it; null when the account is disconnected. */
export const sealed = internalQuery({
  args: { providerConfigId: v.id("providerConfigs"), field: v.string() },
  returns: v.union(v.object({ envelope: v.string(), version: v.number() }), v.null()),
  handler: async (ctx, { providerConfigId, field }) => {
    const row = await secretInUse(ctx, providerConfigId, field);
    return row && { envelope: row.envelope, version: row.version };
  },
});
