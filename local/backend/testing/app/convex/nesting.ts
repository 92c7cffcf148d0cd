import { v } from "convex/values";
import { paginationOptsValidator, type PaginationResult } from "convex/server";
import { api, internal } from "./_generated/api";
import type { Doc } from "./_generated/dataModel";
import { internalMutation, mutation, query, type MutationCtx } from "./_generated/server";

const named = { name: v.string() };

async function readMuch(ctx: MutationCtx, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await ctx.db.query("counters").first();
}

/** Counts one, takes a while, and counts another one. */
export const countTwice = internalMutation({
  args: { ...named, fail: v.optional(v.boolean()) },
  handler: async (ctx, { name, fail }): Promise<void> => {
    const id = await ctx.db.insert("counters", { name, value: 1 });
    await ctx.scheduler.runAfter(0, api.notes.increment, { name: `${name} afterwards` });
    await readMuch(ctx, 5);
    if (fail) throw new Error("inner failure");
    await ctx.db.patch(id, { value: 2 });
  },
});

/** Does something of its own while a function that it has called, and that will fail, is at work. */
export const meanwhile = mutation({
  args: named,
  handler: async (ctx, { name }): Promise<void> => {
    const call = ctx.runMutation(internal.nesting.countTwice, { name: `${name} inner`, fail: true });
    const own = readMuch(ctx, 3).then(() => ctx.db.insert("counters", { name, value: 1 }));
    await Promise.allSettled([call, own]);
  },
});

/** Calls a function and does not wait for it, but reads a number of times. */
export const forget = mutation({
  args: { ...named, reads: v.number() },
  handler: async (ctx, { name, reads }): Promise<void> => {
    void ctx.runMutation(internal.nesting.countTwice, { name });
    await readMuch(ctx, reads);
  },
});

/** Goes on after a function that has not waited for what it called. */
export const forgetWithin = mutation({
  args: named,
  handler: async (ctx, { name }): Promise<void> => {
    await ctx.runMutation(api.nesting.forget, { name: `${name} inner`, reads: 0 });
    await ctx.db.insert("counters", { name, value: 1 });
    await readMuch(ctx, 20);
  },
});

/** Two pages, each read by a function of its own. */
export const pages = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: async (ctx, { paginationOpts }): Promise<string[]> => {
    const first: PaginationResult<Doc<"notes">> = await ctx.runQuery(api.notes.page, { paginationOpts });
    const second: PaginationResult<Doc<"notes">> = await ctx.runQuery(api.notes.page, { paginationOpts: { ...paginationOpts, cursor: first.continueCursor } });
    return [...first.page, ...second.page].map(({ body }) => body);
  },
});
