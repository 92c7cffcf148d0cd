import { HOUR, RateLimiter } from "@convex-dev/rate-limiter";
import { v } from "convex/values";
import { components } from "./_generated/api";
import { mutation, query } from "./_generated/server";

const limiter = new RateLimiter(components.rateLimiter, {
  signIn: { kind: "token bucket", rate: 3, period: HOUR, capacity: 3 },
  report: { kind: "fixed window", rate: 1, period: HOUR },
});
const name = v.union(v.literal("signIn"), v.literal("report"));

export const spend = mutation({
  args: { name, key: v.string(), throws: v.optional(v.boolean()) },
  handler: async (ctx, { name, key, throws }): Promise<{ ok: boolean; retryAfter: number | null }> => {
    const { ok, retryAfter } = await limiter.limit(ctx, name, { key, throws: throws ?? false });
    return { ok, retryAfter: retryAfter ?? null };
  },
});

export const check = query({
  args: { name, key: v.string() },
  handler: async (ctx, { name, key }): Promise<boolean> => (await limiter.check(ctx, name, { key })).ok,
});

export const forget = mutation({
  args: { name, key: v.string() },
  handler: (ctx, { name, key }): Promise<void> => limiter.reset(ctx, name, { key }),
});
