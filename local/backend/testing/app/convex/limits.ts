import { v, type Value } from "convex/values";
import { paginationOptsValidator } from "convex/server";
import { api, internal } from "./_generated/api";
import { internalMutation, mutation, query } from "./_generated/server";

const kind = v.union(v.literal("tooLong"), v.literal("tooDeep"), v.literal("tooWide"), v.literal("halfPair"), v.literal("tooLarge"), v.literal("oddName"));

function make(what: typeof kind.type): Value {
  switch (what) {
    case "tooLong":
      return Array.from({ length: 8193 }, () => 0);
    case "tooDeep":
      return Array.from({ length: 70 }).reduce<Value>((inner) => [inner], null);
    case "tooWide":
      return Object.fromEntries(Array.from({ length: 1025 }, (_, at) => [`f${at}`, 0]));
    case "halfPair":
      return "\ud83d";
    case "tooLarge":
      return "x".repeat(2 ** 20);
    case "oddName":
      return { "naïve": 1 };
  }
}

export const store = mutation({
  args: { what: kind },
  handler: async (ctx, { what }) => {
    await ctx.db.insert("things", { rank: 0, value: make(what) });
  },
});

export const answer = query({ args: { what: kind }, handler: (_ctx, { what }) => make(what) });

export const hugeAnswer = query({ args: { parts: v.number(), letter: v.string() }, handler: (_ctx, { parts, letter }) => Array.from({ length: parts }, () => letter.repeat(2 ** 20)) });

/** A megabyte that changes with a counter. */
export const bulky = query({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const counter = await ctx.db.query("counters").withIndex("by_name", (q) => q.eq("name", name)).unique();
    return { value: counter?.value ?? 0, ballast: "x".repeat(2 ** 20) };
  },
});

export const twoPages = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: async (ctx, { paginationOpts }) => {
    await ctx.db.query("things").paginate(paginationOpts);
    return ctx.db.query("notes").paginate(paginationOpts);
  },
});

export const chatty = query({
  args: {},
  handler: () => {
    for (let i = 0; i < 300; i++) console.log(`line ${i}`);
    return null;
  },
});

export const scheduleMuch = mutation({
  args: { calls: v.number(), bytes: v.number() },
  handler: async (ctx, { calls, bytes }) => {
    for (let i = 0; i < calls; i++) await ctx.scheduler.runAfter(3_600_000, internal.limits.sink, { text: "x".repeat(bytes) });
  },
});

export const sink = internalMutation({ args: { text: v.string() }, handler: () => undefined });

export const deeper = mutation({
  args: { left: v.number() },
  handler: async (ctx, { left }): Promise<number> => (left === 0 ? 0 : 1 + (await ctx.runMutation(api.limits.deeper, { left: left - 1 }))),
});

/** A nested call with less than the whole budget: what it may not do, its caller still may. */
export const budget = mutation({
  args: {},
  handler: async (ctx) => {
    const insert = (): Promise<unknown> => ctx.db.insert("things", { rank: 0 });
    await insert();
    const refused: string = await ctx
      .runMutation(internal.limits.insertMany, { count: 3 }, { transactionLimits: { documentsWritten: 2 } })
      .then(() => "was not refused", (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)));
    await ctx.runMutation(internal.limits.insertMany, { count: 2 }, { transactionLimits: { documentsWritten: 2 } });
    await insert();
    const { documentsWritten, databaseQueries } = await ctx.meta.getTransactionMetrics();
    return { refused, documentsWritten, databaseQueries: databaseQueries.used };
  },
});

export const insertMany = internalMutation({
  args: { count: v.number() },
  handler: async (ctx, { count }) => {
    for (let i = 0; i < count; i++) await ctx.db.insert("things", { rank: i });
  },
});

/** What a function does that forgot to wait: the write happens or not, but nothing happens after the end. */
export const forgetful = mutation({
  args: {},
  handler: (ctx) => {
    void Promise.resolve().then(() => Promise.resolve()).then(async () => {
      for (let i = 0; i < 100; i++) await Promise.resolve();
      await ctx.db.insert("notes", { body: "too late", rank: -1 });
    });
    return null;
  },
});
