import { v, type Infer } from "convex/values";
import { internalMutation, internalQuery } from "../../_generated/server";
import { keyIdOf } from "../../../lib/security/envelope";

/** More keys than anybody has at the same time. */
const MAX_KEYS = 100;
const ROWS_PER_STEP = 50;

/**
 * The ids of the keys that stored secrets name; null stands for secrets of before the id was kept beside them. A key
 * that is not among them can be retired: `npx convex run connections/credentials/keys:inUse`.
 */
export const inUse = internalQuery({
  args: {},
  returns: v.array(v.union(v.string(), v.null())),
  handler: async (ctx) => {
    const ids: (string | null)[] = [];
    let row = await ctx.db.query("providerCredentials").withIndex("by_keyId").first();
    while (row !== null && ids.length < MAX_KEYS) {
      const { keyId } = row;
      ids.push(keyId ?? null);
      row = await ctx.db
        .query("providerCredentials")
        .withIndex("by_keyId", (q) => q.gt("keyId", keyId))
        .first();
    }
    return ids;
  },
});

const sealedSecret = v.object({
  credentialId: v.id("providerCredentials"),
  orgId: v.id("organizations"),
  providerConfigId: v.id("providerConfigs"),
  provider: v.string(),
  field: v.string(),
  envelope: v.string(),
  version: v.number(),
});
export type SealedSecret = Infer<typeof sealedSecret>;

/** A step's worth of the secrets that name this key; `cursor` is where the last step ended. */
export const secretsOf = internalQuery({
  args: { keyId: v.union(v.string(), v.null()), cursor: v.union(v.string(), v.null()) },
  returns: v.object({ secrets: v.array(sealedSecret), cursor: v.union(v.string(), v.null()) }),
  handler: async (ctx, { keyId, cursor }) => {
    const page = await ctx.db
      .query("providerCredentials")
      .withIndex("by_keyId", (q) => q.eq("keyId", keyId ?? undefined))
      .paginate({ cursor, numItems: ROWS_PER_STEP });
    const secrets: SealedSecret[] = [];
    for (const { _id, orgId, providerConfigId, field, envelope, version } of page.page) {
      const config = await ctx.db.get(providerConfigId);
      if (config === null) continue;
      secrets.push({ credentialId: _id, orgId, providerConfigId, provider: config.provider, field, envelope, version });
    }
    return { secrets, cursor: page.isDone ? null : page.continueCursor };
  },
});

/**
 * Puts an envelope of the same secret in place of the one that was read, unless there is a newer secret by now. The
 * version stays: a refresh that is under way goes on undisturbed.
 */
export const replace = internalMutation({
  args: { credentialId: v.id("providerCredentials"), version: v.number(), envelope: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { credentialId, version, envelope }): Promise<boolean> => {
    const row = await ctx.db.get(credentialId);
    if (row?.version !== version) return false;
    await ctx.db.patch(credentialId, { envelope, keyId: keyIdOf(envelope) });
    return true;
  },
});
