import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

/** A person and the organization that they act for, as rows of theirs name them; null for somebody who is gone. */
export async function ownerOf(
  ctx: Pick<QueryCtx, "db">,
  userId: Id<"users">,
): Promise<{ orgId: Id<"organizations">; ownerUserId: Id<"users"> } | null> {
  const membership = await ctx.db
    .query("memberships")
    .withIndex("by_userId", (q) => q.eq("userId", userId))
    .first();
  return membership && { orgId: membership.orgId, ownerUserId: userId };
}
