import { ConvexError, v } from "convex/values";
import { mutation, query } from "./_generated/server";

/** Values that JSON does not have, and a reference to another table. */
export const add = mutation({
  args: { note: v.id("notes") },
  handler: (ctx, { note }) => ctx.db.insert("samples", { count: 2n ** 53n + 1n, bytes: new Uint8Array([0, 255, 7]).buffer, measures: [NaN, -0, Infinity, 1.5], note }),
});

export const withNotes = query({
  args: {},
  handler: async (ctx) => {
    const samples = await ctx.db.query("samples").collect();
    return Promise.all(samples.map(async (sample) => ({ ...sample, body: (await ctx.db.get(sample.note))?.body ?? null })));
  },
});

/** A failure whose data JSON does not have either. */
export const refuse = mutation({
  args: {},
  handler: () => {
    throw new ConvexError({ count: 7n, bytes: new Uint8Array([1]).buffer });
  },
});
