import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { notFound, owns, requireCaller, type Caller } from "../accounts/caller";

/** The caller's connection. @throws ConvexError `not_found` for anybody else's */
export async function requireConnection(
  ctx: Pick<QueryCtx, "auth" | "db">,
  providerConfigId: Id<"providerConfigs">,
): Promise<{ caller: Caller; config: Doc<"providerConfigs">; state: Doc<"connectionState"> }> {
  const caller = await requireCaller(ctx);
  const config = await ctx.db.get(providerConfigId);
  if (config === null || !owns(caller, config)) throw notFound("connection");
  const state = await stateOf(ctx, providerConfigId);
  if (state === null) throw notFound("connection");
  return { caller, config, state };
}

/** Whether anything is to be read for a connection now; false where there is none. */
export function syncs(state: Pick<Doc<"connectionState">, "status"> | null): boolean {
  return state?.status === "active" || state?.status === "degraded";
}

/** The moving part of a connection; null until it has been activated and after it was removed. */
export async function stateOf(
  ctx: Pick<QueryCtx, "db">,
  providerConfigId: Id<"providerConfigs">,
): Promise<Doc<"connectionState"> | null> {
  return await ctx.db
    .query("connectionState")
    .withIndex("by_providerConfigId", (q) => q.eq("providerConfigId", providerConfigId))
    .unique();
}
