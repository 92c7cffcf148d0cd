import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { beginRemoval } from "../connections/removal";

const CONNECTIONS_PER_STEP = 50;

/** Whose connections go. */
interface Owner {
  orgId: Id<"organizations">;
  ownerUserId: Id<"users">;
}

/** Begins the removal of what somebody had connected; comes back for more than one step's worth of it. */
export async function removeConnectionsOf(ctx: MutationCtx, owner: Owner): Promise<void> {
  const connections = await ctx.db
    .query("providerConfigs")
    .withIndex("by_orgId_ownerUserId", (q) => q.eq("orgId", owner.orgId).eq("ownerUserId", owner.ownerUserId))
    .take(CONNECTIONS_PER_STEP);
  for (const connection of connections) await beginRemoval(ctx, connection._id);
  if (connections.length === CONNECTIONS_PER_STEP) {
    await ctx.scheduler.runAfter(0, internal.accounts.departure.step, owner);
  }
}

/** The next step for somebody with very many connections: those before it are being removed meanwhile. */
export const step = internalMutation({
  args: { orgId: v.id("organizations"), ownerUserId: v.id("users") },
  returns: v.null(),
  handler: async (ctx, owner) => {
    await removeConnectionsOf(ctx, owner);
    return null;
  },
});
