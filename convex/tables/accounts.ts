import { defineTable } from "convex/server";
import { v } from "convex/values";

export const accounts = {
  /** Written by sign-up, or by the first sign-in with Clerk. Read by every public function, by token identifier. */
  users: defineTable({
    tokenIdentifier: v.string(),
    subject: v.string(),
    email: v.string(),
    name: v.string(),
  })
    .index("by_tokenIdentifier", ["tokenIdentifier"])
    .index("by_email", ["email"]),

  /** One signed-in browser. Written by sign-in and sign-out, read when a token is asked for. */
  sessions: defineTable({
    userId: v.id("users"),
    /** SHA-256 of the cookie's value, hex: the value itself is stored nowhere. */
    tokenHash: v.string(),
    expiresAt: v.number(),
  })
    .index("by_tokenHash", ["tokenHash"])
    .index("by_expiresAt", ["expiresAt"]),

  /** One password hash. Written by sign-up, read by sign-in; never leaves Convex. */
  passwords: defineTable({
    userId: v.id("users"),
    hash: v.string(),
  }).index("by_userId", ["userId"]),

  /** A tenant. Written by sign-up. */
  organizations: defineTable({ name: v.string() }),

  /** A person's role in an organization. Written by sign-up, read by every public function. */
  memberships: defineTable({
    orgId: v.id("organizations"),
    userId: v.id("users"),
    role: v.union(v.literal("owner"), v.literal("admin"), v.literal("member")),
  }).index("by_userId", ["userId"]),

  /**
   * How far we are with one person's Clerk account. Written by Clerk's user webhook alone; it outlives the
   * user, so that what arrives late brings nobody back.
   */
  clerkUsers: defineTable({
    tokenIdentifier: v.string(),
    /** When Clerk last changed what we have (its own clock): older news is passed over. */
    changedAt: v.number(),
    deleted: v.boolean(),
  }).index("by_tokenIdentifier", ["tokenIdentifier"]),

  /** One verified delivery of Clerk's webhook: it has no effect a second time. Swept when old. */
  clerkDeliveries: defineTable({
    deliveryId: v.string(),
    receivedAt: v.number(),
  })
    .index("by_deliveryId", ["deliveryId"])
    .index("by_receivedAt", ["receivedAt"]),

  /** Attempts in the current window of one key (an e-mail or an address). Swept when over. */
  rateLimits: defineTable({
    key: v.string(),
    count: v.number(),
    windowEndsAt: v.number(),
  })
    .index("by_key", ["key"])
    .index("by_windowEndsAt", ["windowEndsAt"]),
};
