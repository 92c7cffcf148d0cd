import { type FunctionHandle, paginationOptsValidator } from "convex/server";
import { v, type GenericId } from "convex/values";
import { internal } from "./_generated/api";
import { action, env, internalMutation, mutation, query } from "./_generated/server";

const entry = { account: v.string(), amount: v.number(), parent: v.optional(v.id("entries")) };

export const record = mutation({ args: entry, returns: v.id("entries"), handler: (ctx, args) => ctx.db.insert("entries", args) });

export const total = query({
  args: { account: v.string() },
  returns: v.number(),
  handler: async (ctx, { account }) => {
    const entries = await ctx.db.query("entries").withIndex("by_account", (q) => q.eq("account", account)).collect();
    return entries.reduce((sum, { amount }) => sum + amount, 0);
  },
});

/** Writes, and then throws: nothing of it may stay. */
export const recordThenFail = mutation({
  args: entry,
  handler: async (ctx, args) => {
    await ctx.db.insert("entries", args);
    throw new Error("the ledger refused");
  },
});

/** Reads any document by its id: one of the app's is not this component's to see. */
export const peek = query({
  args: { id: v.string() },
  handler: async (ctx, { id }) => ctx.db.get(id as never),
});

export const surroundings = query({
  args: {},
  handler: async (ctx) => ({
    branch: env.BRANCH,
    currency: env.CURRENCY ?? null,
    secret: (process.env as Record<string, string | undefined>)["FIXTURE_SECRET"] ?? null,
    identity: await ctx.auth.getUserIdentity(),
    path: (await ctx.meta.getFunctionMetadata()).componentPath,
  }),
});

export const page = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: (ctx, { paginationOpts }) => ctx.db.query("entries").paginate(paginationOpts),
});

export const recordLater = mutation({
  args: { account: v.string(), amount: v.number() },
  returns: v.id("_scheduled_functions"),
  handler: (ctx, args): Promise<GenericId<"_scheduled_functions">> => ctx.scheduler.runAfter(0, internal.lib.recordInternally, args),
});

export const recordInternally = internalMutation({
  args: { account: v.string(), amount: v.number() },
  handler: async (ctx, args): Promise<void> => {
    await ctx.db.insert("entries", args);
  },
});

export const scheduled = query({
  args: { id: v.id("_scheduled_functions") },
  handler: (ctx, { id }) => ctx.db.system.get(id),
});

/** Calls back a function of whoever gave the handle, now and, when asked, later. */
export const callBack = mutation({
  args: { handle: v.string(), later: v.boolean() },
  handler: async (ctx, { handle, later }): Promise<unknown> => {
    const callee = handle as FunctionHandle<"mutation", Record<string, never>>;
    return later ? ctx.scheduler.runAfter(0, callee, {}) : ctx.runMutation(callee, {});
  },
});

export const viaAction = action({
  args: { account: v.string(), amount: v.number() },
  handler: async (ctx, args): Promise<{ identity: unknown; path: string }> => {
    await ctx.runMutation(internal.lib.recordInternally, args);
    return { identity: await ctx.auth.getUserIdentity(), path: (await ctx.meta.getFunctionMetadata()).componentPath };
  },
});
