import { v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import { internalMutation, internalQuery, mutation, type MutationCtx } from "../../_generated/server";
import { requireCaller } from "../../accounts/caller";
import { requireServer } from "../../accounts/server";
import { requireConnection } from "../ownership";

/*
 * Authorizations in flight (RFC 9700 §2.1, §4.7). A state counts once, for ten minutes, in the browser session, for the
 * person, the organization and the provider that it was made for. What does not fit ends it too: it has been seen by
 * somebody who should not have it.
 */

const LIFETIME_MS = 10 * 60_000;
const ROWS_PER_STEP = 200;

/** What an authorization is known by when the browser comes back. */
export const returning = { provider: v.string(), stateHash: v.string(), session: v.string() };

const begun = v.object({
  verifier: v.string(),
  redirectUri: v.string(),
  returnTo: v.string(),
  reconnects: v.union(v.id("providerConfigs"), v.null()),
  orgId: v.id("organizations"),
});

/** Notes an authorization of the caller's. */
export const begin = internalMutation({
  args: {
    ...returning,
    verifier: v.string(),
    redirectUri: v.string(),
    returnTo: v.string(),
    reconnects: v.union(v.id("providerConfigs"), v.null()),
  },
  returns: v.null(),
  handler: async (ctx, args) => {
    const { orgId, user } = await requireCaller(ctx);
    await ctx.db.insert("oauthStates", { ...args, orgId, ownerUserId: user._id, expiresAt: Date.now() + LIFETIME_MS });
    return null;
  },
});

/** Takes an authorization: it is gone afterwards. Null where there is none that fits. */
export const take = internalMutation({
  args: returning,
  returns: v.union(begun, v.null()),
  handler: (ctx, args): Promise<Infer<typeof begun> | null> => takeState(ctx, args),
});

/** Server only. The provider sent the browser back without a code: ends the authorization and tells the page to return to. */
export const abandon = mutation({
  args: { secret: v.string(), ...returning },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, { secret, ...args }): Promise<string | null> => {
    requireServer(secret);
    return (await takeState(ctx, args))?.returnTo ?? null;
  },
});

async function takeState(
  ctx: MutationCtx,
  { provider, stateHash, session }: { provider: string; stateHash: string; session: string },
): Promise<Infer<typeof begun> | null> {
  const caller = await requireCaller(ctx);
  const row = await ctx.db
    .query("oauthStates")
    .withIndex("by_stateHash", (q) => q.eq("stateHash", stateHash))
    .unique();
  if (row === null) return null;
  await ctx.db.delete(row._id);
  const isTheirs = row.session === session && row.ownerUserId === caller.user._id && row.orgId === caller.orgId;
  if (!isTheirs || row.provider !== provider || row.expiresAt <= Date.now()) return null;
  const { verifier, redirectUri, returnTo, reconnects, orgId } = row;
  return { verifier, redirectUri, returnTo, reconnects, orgId };
}

const account = v.object({ connectionId: v.id("providerConfigs"), account: v.string() });

/** The caller's own connection to reconnect, by an id that came in an address; null for anything else. */
export const reconnectable = internalQuery({
  args: { provider: v.string(), connectionId: v.string() },
  returns: v.union(account, v.null()),
  handler: async (ctx, { provider, connectionId }): Promise<Infer<typeof account> | null> => {
    const id = ctx.db.normalizeId("providerConfigs", connectionId);
    const found = id && (await requireConnection(ctx, id).catch(() => null));
    if (!found || found.config.provider !== provider || found.state.status === "disconnecting") return null;
    return { connectionId: found.config._id, account: found.config.account };
  },
});

/** The subject of a connection that is being reconnected: only the same account may take its place. */
export const subjectOf = internalQuery({
  args: { connectionId: v.id("providerConfigs") },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, { connectionId }): Promise<string | null> => (await ctx.db.get(connectionId))?.subject ?? null,
});

/** Hourly: authorizations that nobody came back from. */
export const sweep = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const over = await ctx.db
      .query("oauthStates")
      .withIndex("by_expiresAt", (q) => q.lte("expiresAt", Date.now()))
      .take(ROWS_PER_STEP);
    for (const { _id } of over) await ctx.db.delete(_id);
    if (over.length === ROWS_PER_STEP) await ctx.scheduler.runAfter(0, internal.connections.oauth.states.sweep, {});
    return over.length;
  },
});
