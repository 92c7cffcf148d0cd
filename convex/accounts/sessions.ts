import { v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import { internalMutation, mutation, query, type MutationCtx } from "../_generated/server";
import { SESSION_COOKIE_MAX_AGE_S } from "../../lib/auth/session-cookie";
import { audit } from "../monitoring/audit";
import { ownerOf } from "./membership";
import { forgetAttempts } from "./rateLimits";
import { requireServer } from "./server";

const SESSION_LIFETIME_MS = SESSION_COOKIE_MAX_AGE_S * 1000;

/** Signs a browser in; the session it had before, if any, ends. */
export async function startSession(
  ctx: MutationCtx,
  session: { userId: Id<"users">; tokenHash: string; previousTokenHash: string | null },
): Promise<void> {
  if (session.previousTokenHash !== null) await endSession(ctx, session.previousTokenHash);
  await ctx.db.insert("sessions", {
    userId: session.userId,
    tokenHash: session.tokenHash,
    expiresAt: Date.now() + SESSION_LIFETIME_MS,
  });
}

/** Returns whose session it was; null where it was over already. */
async function endSession(ctx: MutationCtx, tokenHash: string): Promise<Id<"users"> | null> {
  const session = await ctx.db
    .query("sessions")
    .withIndex("by_tokenHash", (q) => q.eq("tokenHash", tokenHash))
    .unique();
  if (session !== null) await ctx.db.delete(session._id);
  return session?.userId ?? null;
}

async function auditSession(
  ctx: MutationCtx,
  userId: Id<"users">,
  what: { action: "signed_in" | "signed_out"; outcome: "done" | "refused" },
): Promise<void> {
  const object = { kind: "person" as const, id: userId };
  await audit(ctx, { actor: userId, object, owner: await ownerOf(ctx, userId), ...what });
}

/** After a password was checked: starts the session and forgets the failed attempts. */
export const start = internalMutation({
  args: {
    userId: v.id("users"),
    tokenHash: v.string(),
    previousTokenHash: v.union(v.string(), v.null()),
    attemptKey: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { attemptKey, ...session }) => {
    await startSession(ctx, session);
    await forgetAttempts(ctx, attemptKey);
    await auditSession(ctx, session.userId, { action: "signed_in", outcome: "done" });
    return null;
  },
});

/** After a password was wrong. Of an e-mail that nobody has an account with, nothing is kept. */
export const refused = internalMutation({
  args: { userId: v.union(v.id("users"), v.null()) },
  returns: v.null(),
  handler: async (ctx, { userId }) => {
    if (userId !== null) await auditSession(ctx, userId, { action: "signed_in", outcome: "refused" });
    return null;
  },
});

/** Server only. Whose session this is, or null when it is over. */
export const resolve = query({
  args: { secret: v.string(), tokenHash: v.string() },
  returns: v.union(
    v.object({ subject: v.string(), email: v.string(), name: v.string() }),
    v.null(),
  ),
  handler: async (ctx, { secret, tokenHash }) => {
    requireServer(secret);
    const session = await ctx.db
      .query("sessions")
      .withIndex("by_tokenHash", (q) => q.eq("tokenHash", tokenHash))
      .unique();
    if (session === null || session.expiresAt <= Date.now()) return null;
    const user = await ctx.db.get(session.userId);
    return user && { subject: user.subject, email: user.email, name: user.name };
  },
});

/** Server only. Signs a browser out. */
export const end = mutation({
  args: { secret: v.string(), tokenHash: v.string() },
  returns: v.null(),
  handler: async (ctx, { secret, tokenHash }) => {
    requireServer(secret);
    const userId = await endSession(ctx, tokenHash);
    if (userId !== null) await auditSession(ctx, userId, { action: "signed_out", outcome: "done" });
    return null;
  },
});
