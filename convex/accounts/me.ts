import { v } from "convex/values";
import { query } from "../_generated/server";
import { findCaller } from "./caller";

/** Who is signed in, for the rail; null when nobody is. */
export const get = query({
  args: {},
  returns: v.union(
    v.object({
      name: v.string(),
      email: v.string(),
      organizationName: v.string(),
      role: v.string(),
    }),
    v.null(),
  ),
  handler: async (ctx) => {
    const caller = await findCaller(ctx);
    if (caller === null) return null;
    const organization = await ctx.db.get(caller.orgId);
    return {
      name: caller.user.name,
      email: caller.user.email,
      organizationName: organization?.name ?? "",
      role: caller.role,
    };
  },
});
