import { ConvexError, v } from "convex/values";
import { displayName } from "../../lib/auth/clerk/user-event";
import { mutation } from "../_generated/server";
import { clerkIssuer, usesClerk } from "../settings";
import { applySignIn } from "./clerkUser";

/**
 * Called by every page that somebody signed in to with Clerk has opened: their user, organization and
 * membership exist from here on, whether or not Clerk's webhook has arrived. Calling it again changes nothing.
 * With local accounts there is nothing to do: sign-up has made it all.
 * @throws ConvexError `unauthenticated`, also for an account that was deleted at Clerk
 */
export const ensure = mutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) throw new ConvexError({ code: "unauthenticated", message: "Sign in to go on." });
    if (!usesClerk() || identity.issuer !== clerkIssuer()) return null;
    const { tokenIdentifier, subject, email = "", name, nickname } = identity;
    const person = { tokenIdentifier, subject, email, name: displayName(name, nickname, email) };
    if (!(await applySignIn(ctx, person))) {
      throw new ConvexError({ code: "unauthenticated", message: "This account has been deleted." });
    }
    return null;
  },
});
