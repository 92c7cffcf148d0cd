import { ConvexError, v } from "convex/values";
import { paginationOptsValidator } from "convex/server";
import { api, internal } from "./_generated/api";
import { internalMutation, internalQuery, mutation, query } from "./_generated/server";

const fields = { body: v.string(), owner: v.optional(v.string()), rank: v.number() };

export const add = mutation({
  args: fields,
  returns: v.id("notes"),
  handler: (ctx, args) => ctx.db.insert("notes", args),
});

export const byOwner = query({
  args: { owner: v.optional(v.string()), from: v.optional(v.number()) },
  handler: (ctx, { owner, from }) =>
    ctx.db
      .query("notes")
      .withIndex("by_owner_rank", (q) => q.eq("owner", owner).gte("rank", from ?? -Infinity))
      .collect(),
});

export const list = query({ args: {}, handler: (ctx) => ctx.db.query("notes").order("desc").take(100) });

export const page = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: (ctx, { paginationOpts }) => ctx.db.query("notes").withIndex("by_rank").paginate(paginationOpts),
});

export const odd = query({
  args: {},
  handler: (ctx) => ctx.db.query("notes").filter((q) => q.eq(q.mod(q.field("rank"), 2), 1)).collect(),
});

export const get = query({ args: { id: v.id("notes") }, handler: (ctx, { id }) => ctx.db.get(id) });

export const edit = mutation({
  args: { id: v.id("notes"), body: v.optional(v.string()), clearOwner: v.optional(v.boolean()) },
  handler: async (ctx, { id, body, clearOwner }) => {
    await ctx.db.patch(id, { ...(body === undefined ? {} : { body }), ...(clearOwner ? { owner: undefined } : {}) });
  },
});

export const remove = mutation({ args: { id: v.id("notes") }, handler: (ctx, { id }) => ctx.db.delete(id) });

export const increment = mutation({
  args: { name: v.string() },
  returns: v.number(),
  handler: async (ctx, { name }) => {
    const found = await ctx.db.query("counters").withIndex("by_name", (q) => q.eq("name", name)).unique();
    const value = (found?.value ?? 0) + 1;
    if (found) await ctx.db.patch(found._id, { value });
    else await ctx.db.insert("counters", { name, value });
    return value;
  },
});

export const counter = query({
  args: { name: v.string() },
  handler: async (ctx, { name }) => (await ctx.db.query("counters").withIndex("by_name", (q) => q.eq("name", name)).unique())?.value ?? 0,
});

export const secret = internalQuery({ args: {}, handler: () => "internal" });

export const refuse = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.db.insert("notes", { body: "never", rank: 0 });
    throw new ConvexError({ code: "REFUSED", detail: 7n });
  },
});

export const addThenFail = internalMutation({
  args: { body: v.string() },
  handler: async (ctx, { body }) => {
    await ctx.db.insert("notes", { body, rank: 1 });
    throw new Error("inner failure");
  },
});

/** The nested mutation fails and leaves nothing; what the outer one wrote stays. */
export const nested = mutation({
  args: {},
  handler: async (ctx): Promise<string> => {
    await ctx.db.insert("notes", { body: "outer", rank: 1 });
    try {
      await ctx.runMutation(internal.notes.addThenFail, { body: "inner" });
    } catch (error) {
      const count: number = (await ctx.runQuery(api.notes.list, {})).length;
      return `${error instanceof Error ? error.message : "?"}|${count}`;
    }
    return "not reached";
  },
});

export const whoami = query({ args: {}, handler: (ctx) => ctx.auth.getUserIdentity() });

export const badInsert = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.db.insert("notes", { body: 5 as unknown as string, rank: 1 });
  },
});

export const wrongReturn = query({ args: {}, returns: v.string(), handler: () => 5 as unknown as string });
