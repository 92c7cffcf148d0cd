import { v } from "convex/values";
import { internalMutation, internalQuery } from "../_generated/server";
import { createPerson } from "./person";
import { startSession } from "./sessions";

/**
 * Makes a user, their password, their personal organization and their first session, all or
 * nothing. Returns false when the e-mail has an account already.
 */
export const create = internalMutation({
  args: {
    email: v.string(),
    name: v.string(),
    passwordHash: v.string(),
    subject: v.string(),
    issuer: v.string(),
    tokenHash: v.string(),
    previousTokenHash: v.union(v.string(), v.null()),
  },
  returns: v.boolean(),
  handler: async (ctx, args) => {
    const taken = await ctx.db
      .query("users")
      .withIndex("by_email", (q) => q.eq("email", args.email))
      .first();
    if (taken !== null) return false;
    const userId = await createPerson(ctx, {
      tokenIdentifier: `${args.issuer}|${args.subject}`,
      subject: args.subject,
      email: args.email,
      name: args.name,
    });
    await ctx.db.insert("passwords", { userId, hash: args.passwordHash });
    await startSession(ctx, {
      userId,
      tokenHash: args.tokenHash,
      previousTokenHash: args.previousTokenHash,
    });
    return true;
  },
});

/** The password hash of an e-mail's account, for the action that checks it. */
export const passwordOf = internalQuery({
  args: { email: v.string() },
  returns: v.union(v.object({ userId: v.id("users"), hash: v.string() }), v.null()),
  handler: async (ctx, { email }) => {
    const user = await ctx.db
      .query("users")
      .withIndex("by_email", (q) => q.eq("email", email))
      .first();
    if (user === null) return null;
    const password = await ctx.db
      .query("passwords")
      .withIndex("by_userId", (q) => q.eq("userId", user._id))
      .unique();
    return password && { userId: user._id, hash: password.hash };
  },
});
