import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";

/** At most `limit` attempts per `key` in a window that begins with the first one. */
export interface Limit {
  key: string;
  limit: number;
  windowMs: number;
  /** How many are taken together; 1 where nothing is said. */
  count?: number;
}

/** Counts an attempt. Returns how long to wait, in milliseconds: 0 when it is allowed. */
export async function takeAttempt(ctx: MutationCtx, limit: Limit, now: number): Promise<number> {
  const count = limit.count ?? 1;
  const row = await limitOf(ctx, limit.key);
  if (row === null) {
    await ctx.db.insert("rateLimits", {
      key: limit.key,
      count,
      windowEndsAt: now + limit.windowMs,
    });
    return 0;
  }
  if (row.windowEndsAt <= now) {
    await ctx.db.patch(row._id, { count, windowEndsAt: now + limit.windowMs });
    return 0;
  }
  if (row.count + count > limit.limit) return row.windowEndsAt - now;
  await ctx.db.patch(row._id, { count: row.count + count });
  return 0;
}

/** {@link takeAttempt} for actions; every limit counts, and the longest wait is returned. */
export const take = internalMutation({
  args: {
    limits: v.array(
      v.object({ key: v.string(), limit: v.number(), windowMs: v.number(), count: v.optional(v.number()) }),
    ),
  },
  returns: v.number(),
  handler: async (ctx, { limits }): Promise<number> => {
    const now = Date.now();
    let waitMs = 0;
    for (const limit of limits) waitMs = Math.max(waitMs, await takeAttempt(ctx, limit, now));
    return waitMs;
  },
});

/** As {@link take} for one limit, and until when what was taken counts, epoch milliseconds. */
export const reserve = internalMutation({
  args: { key: v.string(), limit: v.number(), windowMs: v.number(), count: v.number() },
  returns: v.object({ waitMs: v.number(), windowEndsAt: v.number() }),
  handler: async (ctx, limit) => {
    const waitMs = await takeAttempt(ctx, limit, Date.now());
    const row = await limitOf(ctx, limit.key);
    return { waitMs, windowEndsAt: row?.windowEndsAt ?? 0 };
  },
});

/** Forgets the attempts of a key: after a success. */
export async function forgetAttempts(ctx: MutationCtx, key: string): Promise<Id<"rateLimits"> | null> {
  const row = await limitOf(ctx, key);
  if (row !== null) await ctx.db.delete(row._id);
  return row?._id ?? null;
}

async function limitOf(ctx: MutationCtx, key: string): Promise<Doc<"rateLimits"> | null> {
  return await ctx.db
    .query("rateLimits")
    .withIndex("by_key", (q) => q.eq("key", key))
    .unique();
}
