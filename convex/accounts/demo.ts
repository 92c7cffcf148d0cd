"use node";

import { randomBytes, randomUUID } from "node:crypto";
import { v, type Infer } from "convex/values";
import { internal } from "../_generated/api";
import { action } from "../_generated/server";
import { hashPassword } from "../../lib/auth/password-hash";
import { hashSessionToken, newSessionToken } from "../../lib/auth/session-token";
import { sandboxesOf } from "../../lib/providers/profiles";
import { usesClerk } from "../settings";
import { requireServer } from "./server";

const HOUR = 60 * 60_000;

const outcome = v.union(
  v.object({ ok: v.literal(true), sessionToken: v.string() }),
  v.object({ ok: v.literal(false), reason: v.union(v.literal("absent"), v.literal("limited")), retryAfterMs: v.number() }),
);

/**
 * Server only. Makes a workspace to look around in and signs its browser in. There is one only beside stand-ins for the
 * providers: with real ones, nobody gets an account without being asked who they are.
 */
export const begin = action({
  args: { secret: v.string(), address: v.string(), previousTokenHash: v.union(v.string(), v.null()) },
  returns: outcome,
  handler: async (ctx, { secret, address, previousTokenHash }): Promise<Infer<typeof outcome>> => {
    requireServer(secret);
    if (usesClerk() || sandboxesOf(process.env).length === 0) return { ok: false, reason: "absent", retryAfterMs: 0 };
    const waitMs: number = await ctx.runMutation(internal.accounts.rateLimits.take, {
      limits: [
        { key: `demo from ${address}`, limit: 20, windowMs: HOUR },
        { key: "demo", limit: 100, windowMs: HOUR },
      ],
    });
    if (waitMs > 0) return { ok: false, reason: "limited", retryAfterMs: waitMs };
    const sessionToken = newSessionToken();
    const subject = randomUUID();
    await ctx.runMutation(internal.accounts.registration.create, {
      email: `demo-${subject}@demo.invalid`,
      name: "Demo",
      // Nobody knows it: the workspace lasts as long as the session.
      passwordHash: await hashPassword(randomBytes(32).toString("base64url")),
      subject,
      issuer: process.env.LOCAL_AUTH_ISSUER ?? "",
      tokenHash: hashSessionToken(sessionToken),
      previousTokenHash,
    });
    return { ok: true, sessionToken };
  },
});
