import { v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Doc, Id } from "../../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { profileOf } from "../../../lib/providers/profiles";

/** As long as a revocation may take with all its attempts; then the secret goes without. */
const FORGET_AFTER_MS = 60 * 60_000;
const ROWS_PER_STEP = 100;

/**
 * Takes an account's secrets out of use, at once and for good. Passwords are gone with that; tokens stay for the moment
 * that it takes to end the account's channels at the provider and, where no other connection has it too, the consent.
 */
export async function forgetSecrets(ctx: MutationCtx, config: Doc<"providerConfigs">): Promise<void> {
  const rows = await ctx.db
    .query("providerCredentials")
    .withIndex("by_providerConfigId_field", (q) => q.eq("providerConfigId", config._id))
    .take(ROWS_PER_STEP);
  const signedIn = profileOf(config.provider)?.signIn === "oauth";
  const { provider, subject } = config;
  const withdraw = signedIn && !(await isConnected(ctx, { provider, subject }, config._id));
  for (const row of rows) {
    if (row.forgetAt !== undefined) continue;
    if (!signedIn || row.field !== "oauth") {
      await ctx.db.delete(row._id);
      continue;
    }
    await ctx.db.patch(row._id, { version: row.version + 1, refresh: undefined, forgetAt: Date.now() + FORGET_AFTER_MS });
    const last = { credentialId: row._id, provider, subject, withdraw, attempt: 1 };
    await ctx.scheduler.runAfter(0, internal.connections.credentials.revocation.run, last);
  }
}

/** Whether an account is connected, besides by `except`: a provider ends one consent for all of its connections. */
async function isConnected(
  ctx: Pick<QueryCtx, "db">,
  { provider, subject }: Pick<Doc<"providerConfigs">, "provider" | "subject">,
  except: Id<"providerConfigs"> | null,
): Promise<boolean> {
  if (subject === undefined) return false;
  const same = await ctx.db
    .query("providerConfigs")
    .withIndex("by_provider_subject", (q) => q.eq("provider", provider).eq("subject", subject))
    .take(20);
  for (const config of same) {
    if (config._id === except) continue;
    const inUse = await ctx.db
      .query("providerCredentials")
      .withIndex("by_providerConfigId_field", (q) => q.eq("providerConfigId", config._id).eq("field", "oauth"))
      .first();
    if (inUse !== null && inUse.forgetAt === undefined) return true;
  }
  return false;
}

/** Whether the account of a secret that is only kept to be revoked has been connected again meanwhile. */
export const isConnectedAgain = internalQuery({
  args: { provider: v.string(), subject: v.string() },
  returns: v.boolean(),
  handler: (ctx, account): Promise<boolean> => isConnected(ctx, account, null),
});

const forgotten = v.object({
  orgId: v.id("organizations"),
  providerConfigId: v.id("providerConfigs"),
  field: v.string(),
  envelope: v.string(),
});

/** A secret that is only kept to be revoked; null when it is gone. */
export const load = internalQuery({
  args: { credentialId: v.id("providerCredentials") },
  returns: v.union(forgotten, v.null()),
  handler: async (ctx, { credentialId }): Promise<Infer<typeof forgotten> | null> => {
    const row = await ctx.db.get(credentialId);
    if (row?.forgetAt === undefined) return null;
    const { orgId, providerConfigId, field, envelope } = row;
    return { orgId, providerConfigId, field, envelope };
  },
});

export const erase = internalMutation({
  args: { credentialId: v.id("providerCredentials") },
  returns: v.null(),
  handler: async (ctx, { credentialId }) => {
    if ((await ctx.db.get(credentialId))?.forgetAt !== undefined) await ctx.db.delete(credentialId);
    return null;
  },
});

/** Hourly: secrets whose revocation never came to an end. */
export const sweep = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const due = await ctx.db
      .query("providerCredentials")
      .withIndex("by_forgetAt", (q) => q.gt("forgetAt", 0).lte("forgetAt", Date.now()))
      .take(ROWS_PER_STEP);
    const ids: Id<"providerCredentials">[] = due.map(({ _id }) => _id);
    for (const id of ids) await ctx.db.delete(id);
    if (ids.length === ROWS_PER_STEP) await ctx.scheduler.runAfter(0, internal.connections.credentials.forgetting.sweep, {});
    return ids.length;
  },
});
