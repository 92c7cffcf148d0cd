import { v } from "convex/values";

/** Something is wrong: what, and what to do about it. */
export const issue = v.object({ code: v.string(), message: v.string(), action: v.string() });

/** What stopped a run, as the provider port names it; mirrors `ProviderFailure`. */
export const providerFailure = v.union(
  v.object({ kind: v.literal("authRevoked"), code: v.string(), message: v.string(), action: v.string() }),
  v.object({
    kind: v.literal("rateLimited"),
    code: v.string(),
    message: v.string(),
    action: v.string(),
    retryAfterMs: v.union(v.number(), v.null()),
  }),
  v.object({
    kind: v.literal("unavailable"),
    code: v.string(),
    message: v.string(),
    action: v.string(),
    retryAfterMs: v.union(v.number(), v.null()),
  }),
  v.object({ kind: v.literal("rejected"), code: v.string(), message: v.string(), action: v.string() }),
);
