import { makeFunctionReference } from "convex/server";
import { v, type GenericId } from "convex/values";
import { api, internal } from "./_generated/api";
import { action, internalAction, internalMutation, mutation, query } from "./_generated/server";

type RunId = GenericId<"_scheduled_functions">;

export const later = mutation({
  args: { name: v.string(), delayMs: v.number() },
  handler: (ctx, { name, delayMs }): Promise<RunId> => ctx.scheduler.runAfter(delayMs, internal.jobs.count, { name }),
});

export const laterAction = mutation({
  args: { name: v.string(), fail: v.optional(v.boolean()) },
  handler: (ctx, args): Promise<RunId> => ctx.scheduler.runAfter(0, internal.jobs.countInAction, args),
});

export const scheduleThenFail = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    await ctx.scheduler.runAfter(0, internal.jobs.count, { name });
    throw new Error("rolled back");
  },
});

export const scheduleNowhere = mutation({
  args: {},
  handler: (ctx): Promise<RunId> => ctx.scheduler.runAfter(0, makeFunctionReference<"mutation">("nowhere:at")),
});

export const cancel = mutation({ args: { id: v.id("_scheduled_functions") }, handler: (ctx, { id }) => ctx.scheduler.cancel(id) });

export const status = query({ args: { id: v.id("_scheduled_functions") }, handler: (ctx, { id }) => ctx.db.system.get(id) });

export const all = query({ args: {}, handler: (ctx) => ctx.db.system.query("_scheduled_functions").collect() });

export const count = internalMutation({
  args: { name: v.string() },
  handler: async (ctx, { name }): Promise<void> => {
    await ctx.runMutation(api.notes.increment, { name });
  },
});

export const countInAction = internalAction({
  args: { name: v.string(), fail: v.optional(v.boolean()) },
  handler: async (ctx, { name, fail }): Promise<void> => {
    await ctx.runMutation(api.notes.increment, { name });
    if (fail) throw new Error("action failed");
  },
});

/** Never ends by itself: the process is killed while it runs. */
export const hang = internalAction({
  args: { name: v.string() },
  handler: async (ctx, { name }): Promise<void> => {
    await ctx.runMutation(api.notes.increment, { name });
    await new Promise(() => undefined);
  },
});

/** Waits until a counter moves, and then schedules, itself and by a mutation. */
export const scheduleWhen = internalAction({
  args: { until: v.string(), name: v.string() },
  handler: async (ctx, { until, name }): Promise<void> => {
    await ctx.runMutation(api.notes.increment, { name: `${name} begun` });
    while ((await ctx.runQuery(api.notes.counter, { name: until })) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await ctx.scheduler.runAfter(0, internal.jobs.count, { name });
    await ctx.runMutation(api.jobs.later, { name, delayMs: 0 });
    const { scheduledFunctionId } = await ctx.meta.getRequestMetadata();
    await ctx.runMutation(api.notes.increment, { name: `${name} of ${scheduledFunctionId}` });
  },
});

export const startScheduling = mutation({
  args: { until: v.string(), name: v.string() },
  handler: (ctx, args): Promise<RunId> => ctx.scheduler.runAfter(0, internal.jobs.scheduleWhen, args),
});

/** Says something, waits until a counter moves, and says something else. */
export const talk = action({
  args: { until: v.string() },
  handler: async (ctx, { until }): Promise<void> => {
    console.log("begun", { until });
    while ((await ctx.runQuery(api.notes.counter, { name: until })) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    console.warn("about to end");
  },
});

export const startHang = mutation({ args: { name: v.string() }, handler: (ctx, args): Promise<RunId> => ctx.scheduler.runAfter(0, internal.jobs.hang, args) });

export const both = action({
  args: { name: v.string() },
  handler: async (ctx, { name }): Promise<{ value: number; who: string | null; timer: boolean; buffer: string }> => {
    const value: number = await ctx.runMutation(api.notes.increment, { name });
    await new Promise((resolve) => setTimeout(resolve, 1));
    const identity = await ctx.auth.getUserIdentity();
    const id = await ctx.scheduler.runAfter(60_000, internal.jobs.count, { name });
    await ctx.scheduler.cancel(id);
    return { value, who: identity?.subject ?? null, timer: true, buffer: typeof (globalThis as Record<string, unknown>)["Buffer"] };
  },
});

/** What an action hears of a mutation that fails. */
export const hearOfFailure = action({
  args: {},
  handler: async (ctx): Promise<string> => {
    try {
      await ctx.runMutation(internal.notes.addThenFail, { body: "never" });
    } catch (error) {
      return error instanceof Error ? error.message : "no error";
    }
    return "did not fail";
  },
});

export const passOnRefusal = action({
  args: {},
  handler: async (ctx): Promise<void> => {
    await ctx.runMutation(api.notes.refuse, {});
  },
});
