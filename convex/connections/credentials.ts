import { v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import { internalQuery, type MutationCtx } from "../_generated/server";
import type { EnvelopeContext } from "../../lib/security/envelope";

/*
 * Sealed secrets. Nothing else reads or writes `providerCredentials`. A secret is sealed and
 * opened in Node actions; what passes through here is the envelope.
 */

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

/** Stores an envelope in place of the one there was. */
export async function storeEnvelope(
  ctx: MutationCtx,
  row: {
    orgId: Id<"organizations">;
    providerConfigId: Id<"providerConfigs">;
    field: string;
    envelope: string;
  },
): Promise<void> {
  const stored = await ctx.db
    .query("providerCredentials")
    .withIndex("by_providerConfigId_field", (q) =>
      q.eq("providerConfigId", row.providerConfigId).eq("field", row.field),
    )
    .unique();
  if (stored === null) await ctx.db.insert("providerCredentials", { ...row, version: 1 });
  else await ctx.db.patch(stored._id, { envelope: row.envelope, version: stored.version + 1 });
}

/** Forgets all secrets of a connection. */
export async function deleteEnvelopes(
  ctx: MutationCtx,
  providerConfigId: Id<"providerConfigs">,
): Promise<void> {
  const rows = await ctx.db
    .query("providerCredentials")
    .withIndex("by_providerConfigId_field", (q) => q.eq("providerConfigId", providerConfigId))
    .take(100);
  for (const row of rows) await ctx.db.delete(row._id);
}

/** The envelope of one secret, for the action that opens it; null when the account is disconnected. */
export const envelope = internalQuery({
  args: { providerConfigId: v.id("providerConfigs"), field: v.string() },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, args) => {
    const row = await ctx.db
      .query("providerCredentials")
      .withIndex("by_providerConfigId_field", (q) =>
        q.eq("providerConfigId", args.providerConfigId).eq("field", args.field),
      )
      .unique();
    return row?.envelope ?? null;
  },
});
