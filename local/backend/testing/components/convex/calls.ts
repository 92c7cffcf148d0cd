import { createFunctionHandle } from "convex/server";
import { v } from "convex/values";
import { components, internal } from "./_generated/api";
import { action, internalMutation, mutation, query } from "./_generated/server";

const place = v.union(v.literal("ledger"), v.literal("second"));
const entry = { at: place, account: v.string(), amount: v.number() };

export const record = mutation({
  args: entry,
  handler: (ctx, { at, ...args }): Promise<string> => ctx.runMutation(components[at].lib.record, args),
});

export const total = query({
  args: { at: place, account: v.string() },
  handler: (ctx, { at, account }): Promise<number> => ctx.runQuery(components[at].lib.total, { account }),
});

/** The component's part is taken back, the app's stays. */
export const survive = mutation({
  args: entry,
  handler: async (ctx, { at, ...args }): Promise<string> => {
    await ctx.db.insert("entries", { label: args.account });
    try {
      await ctx.runMutation(components[at].lib.recordThenFail, args);
    } catch (error) {
      return error instanceof Error ? error.message : "?";
    }
    return "not reached";
  },
});

/** The component's part was done, and goes with the app's. */
export const failAfterwards = mutation({
  args: entry,
  handler: async (ctx, { at, ...args }): Promise<void> => {
    await ctx.runMutation(components[at].lib.record, args);
    throw new Error("the app refused");
  },
});

export const peekAtOwn = mutation({
  args: {},
  handler: async (ctx): Promise<unknown> => {
    const id = await ctx.db.insert("entries", { label: "own" });
    return ctx.runQuery(components.ledger.lib.peek, { id });
  },
});

/** Holds an id of the component's: to the app it is no id of its own table of that name. */
export const normalize = mutation({
  args: {},
  handler: async (ctx): Promise<string | null> => {
    const id = await ctx.runMutation(components.ledger.lib.record, { account: "normalize", amount: 1 });
    return ctx.db.normalizeId("entries", id);
  },
});

export const surroundings = query({
  args: { at: place },
  handler: (ctx, { at }): Promise<unknown> => ctx.runQuery(components[at].lib.surroundings, {}),
});

export const page = query({
  args: {},
  handler: (ctx): Promise<unknown> => ctx.runQuery(components.ledger.lib.page, { paginationOpts: { numItems: 1, cursor: null } }),
});

export const recordLater = mutation({
  args: { account: v.string(), amount: v.number() },
  handler: (ctx, args): Promise<string> => ctx.runMutation(components.ledger.lib.recordLater, args),
});

export const scheduled = query({
  args: { id: v.string() },
  handler: (ctx, { id }): Promise<unknown> => ctx.runQuery(components.ledger.lib.scheduled, { id }),
});

/** Schedules a function of the component from the app. */
export const scheduleAcross = mutation({
  args: { account: v.string(), amount: v.number() },
  handler: (ctx, args): Promise<string> => ctx.scheduler.runAfter(0, components.ledger.lib.record, args),
});

export const own = query({ args: {}, handler: async (ctx) => ctx.db.system.query("_scheduled_functions").collect() });

export const greet = internalMutation({
  args: {},
  handler: async (ctx): Promise<string> => {
    await ctx.db.insert("entries", { label: "greeted" });
    return `greeted ${(await ctx.auth.getUserIdentity())?.subject ?? "nobody"}`;
  },
});

export const askForCall = mutation({
  args: { later: v.boolean() },
  handler: async (ctx, { later }): Promise<unknown> =>
    ctx.runMutation(components.ledger.lib.callBack, { handle: await createFunctionHandle(internal.calls.greet), later }),
});

export const labels = query({ args: {}, handler: async (ctx) => (await ctx.db.query("entries").collect()).map(({ label }) => label) });

/** Internal functions of a component are nobody else's. */
export const reachInside = mutation({
  args: {},
  handler: async (ctx): Promise<void> => {
    const hidden = (components.ledger.lib as unknown as Record<string, typeof components.ledger.lib.record>)["recordInternally"];
    if (hidden !== undefined) await ctx.runMutation(hidden, { account: "inside", amount: 1 });
  },
});

export const viaAction = action({
  args: { account: v.string(), amount: v.number() },
  handler: (ctx, args): Promise<unknown> => ctx.runAction(components.ledger.lib.viaAction, args),
});
