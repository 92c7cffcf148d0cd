import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { audit } from "../monitoring/audit";
import { removeConnectionsOf } from "./departure";

/** What is known of somebody who gets an account. */
export interface NewPerson {
  tokenIdentifier: string;
  subject: string;
  email: string;
  name: string;
}

/** Makes a user and the personal organization that they own. */
export async function createPerson(ctx: MutationCtx, person: NewPerson): Promise<Id<"users">> {
  const userId = await ctx.db.insert("users", person);
  const orgId = await ctx.db.insert("organizations", { name: person.name });
  await ctx.db.insert("memberships", { orgId, userId, role: "owner" });
  const object = { kind: "person" as const, id: userId };
  const owner = { orgId, ownerUserId: userId };
  await audit(ctx, { actor: userId, action: "account_created", object, outcome: "done", owner, detail: "owner" });
  return userId;
}

/**
 * Removes a user with their personal organization. From the same moment on nobody can act as them;
 * their connections, with calendars and events, go step by step.
 */
export async function removePerson(ctx: MutationCtx, userId: Id<"users">): Promise<void> {
  const membership = await ctx.db
    .query("memberships")
    .withIndex("by_userId", (q) => q.eq("userId", userId))
    .first();
  if (membership !== null) {
    await removeConnectionsOf(ctx, { orgId: membership.orgId, ownerUserId: userId });
    await ctx.db.delete(membership._id);
    await ctx.db.delete(membership.orgId);
    const object = { kind: "person" as const, id: userId };
    const owner = { orgId: membership.orgId, ownerUserId: userId };
    await audit(ctx, { actor: null, action: "account_removed", object, outcome: "done", owner });
  }
  await ctx.db.delete(userId);
}
