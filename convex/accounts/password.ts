"use node";

import { randomUUID } from "node:crypto";
import { v, type Infer } from "convex/values";
import { internal } from "../_generated/api";
import { action, type ActionCtx } from "../_generated/server";
import { checkCredentials, checkRegistration } from "../../lib/auth/credentials";
import { hashPassword, verifyPassword } from "../../lib/auth/password-hash";
import { hashSessionToken, newSessionToken } from "../../lib/auth/session-token";
import type { Limit } from "./rateLimits";
import { requireServer } from "./server";

const outcome = v.union(
  v.object({ ok: v.literal(true), sessionToken: v.string() }),
  v.object({
    ok: v.literal(false),
    reason: v.union(v.literal("invalid"), v.literal("taken"), v.literal("refused"), v.literal("limited")),
    field: v.union(v.literal("name"), v.literal("email"), v.literal("password"), v.null()),
    message: v.string(),
    retryAfterMs: v.union(v.number(), v.null()),
  }),
);
type Outcome = Infer<typeof outcome>;
type Refusal = Extract<Outcome, { ok: false }>;

const MINUTE = 60_000;

const browser = {
  secret: v.string(),
  /** Whom the attempt is counted for, besides the e-mail: the caller's network address. */
  address: v.string(),
  previousTokenHash: v.union(v.string(), v.null()),
};

function refuse(
  reason: Refusal["reason"],
  field: Refusal["field"],
  message: string,
  retryAfterMs: number | null = null,
): Refusal {
  return { ok: false, reason, field, message, retryAfterMs };
}

async function limited(ctx: ActionCtx, limits: Limit[]): Promise<Refusal | null> {
  const waitMs: number = await ctx.runMutation(internal.accounts.rateLimits.take, { limits });
  if (waitMs === 0) return null;
  const minutes = Math.ceil(waitMs / MINUTE);
  return refuse(
    "limited",
    null,
    `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    waitMs,
  );
}

/** Server only. Makes an account and signs its browser in. */
export const signUp = action({
  args: { ...browser, name: v.string(), email: v.string(), password: v.string() },
  returns: outcome,
  handler: async (ctx, args): Promise<Outcome> => {
    requireServer(args.secret);
    const checked = checkRegistration(args);
    if (!checked.ok) return refuse("invalid", checked.field, checked.message);
    const wait = await limited(ctx, [
      { key: `sign-up ${args.address}`, limit: 30, windowMs: 60 * MINUTE },
    ]);
    if (wait !== null) return wait;
    const sessionToken = newSessionToken();
    const created: boolean = await ctx.runMutation(internal.accounts.registration.create, {
      email: checked.email,
      name: checked.name,
      passwordHash: await hashPassword(args.password),
      subject: randomUUID(),
      issuer: process.env.LOCAL_AUTH_ISSUER ?? "",
      tokenHash: hashSessionToken(sessionToken),
      previousTokenHash: args.previousTokenHash,
    });
    if (!created) {
      return refuse("taken", "email", "There is an account with this e-mail already. Sign in instead.");
    }
    return { ok: true, sessionToken };
  },
});

/** Server only. Checks a password and signs the browser in, with a fresh session. */
export const signIn = action({
  args: { ...browser, email: v.string(), password: v.string() },
  returns: outcome,
  handler: async (ctx, args): Promise<Outcome> => {
    requireServer(args.secret);
    const checked = checkCredentials(args);
    if (!checked.ok) return refuse("invalid", checked.field, checked.message);
    const attemptKey = `sign-in ${checked.email}`;
    const wait = await limited(ctx, [
      { key: attemptKey, limit: 10, windowMs: 15 * MINUTE },
      { key: `sign-in from ${args.address}`, limit: 100, windowMs: 15 * MINUTE },
    ]);
    if (wait !== null) return wait;
    const stored = await ctx.runQuery(internal.accounts.registration.passwordOf, {
      email: checked.email,
    });
    const matches = await verifyPassword(args.password, stored?.hash ?? null);
    if (stored === null || !matches) {
      await ctx.runMutation(internal.accounts.sessions.refused, { userId: stored?.userId ?? null });
      return refuse("refused", "password", "E-mail or password is wrong.");
    }
    const sessionToken = newSessionToken();
    await ctx.runMutation(internal.accounts.sessions.start, {
      userId: stored.userId,
      tokenHash: hashSessionToken(sessionToken),
      previousTokenHash: args.previousTokenHash,
      attemptKey,
    });
    return { ok: true, sessionToken };
  },
});
