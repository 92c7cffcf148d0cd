import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { internalQuery, type QueryCtx } from "../_generated/server";

/** Who calls, and for which organization. */
export interface Caller {
  user: Doc<"users">;
  orgId: Id<"organizations">;
  role: Doc<"memberships">["role"];
}

/** The signed-in caller, or null when nobody is signed in. */
export async function findCaller(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Caller | null> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) return null;
  const user = await ctx.db
    .query("users")
    .withIndex("by_tokenIdentifier", (q) => q.eq("tokenIdentifier", identity.tokenIdentifier))
    .unique();
  if (user === null) return null;
  const membership = await ctx.db
    .query("memberships")
    .withIndex("by_userId", (q) => q.eq("userId", user._id))
    .first();
  return membership && { user, orgId: membership.orgId, role: membership.role };
}

/** The signed-in caller. Every public function begins here. @throws ConvexError `unauthenticated` */
export async function requireCaller(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Caller> {
  const caller = await findCaller(ctx);
  if (caller === null) {
    throw new ConvexError({ code: "unauthenticated", message: "Sign in to go on." });
  }
  return caller;
}

/** True where a private row is the caller's own. */
export function owns(
  caller: Caller,
  row: { orgId: Id<"organizations">; ownerUserId: Id<"users"> },
): boolean {
  return row.orgId === caller.orgId && row.ownerUserId === caller.user._id;
}

/** What a public function says about a row that is not there or not the caller's: the same. */
export function notFound(what: string): ConvexError<{ code: string; message: string }> {
  return new ConvexError({ code: "not_found", message: `There is no such ${what}.` });
}

const callerIds = v.object({ userId: v.id("users"), orgId: v.id("organizations") });

/** For actions, which have no database of their own. */
export const current = internalQuery({
  args: {},
  returns: callerIds,
  handler: async (ctx): Promise<Infer<typeof callerIds>> => {
    const caller = await requireCaller(ctx);
    return { userId: caller.user._id, orgId: caller.orgId };
  },
});
