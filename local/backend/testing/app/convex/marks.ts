import { v } from "convex/values";
import { paginationOptsValidator } from "convex/server";
import { internal } from "./_generated/api";
import { internalAction, internalMutation, mutation, query } from "./_generated/server";

const mark = { writer: v.string(), number: v.number() };

/** Leaves a mark, and has one more left by a mutation and one by an action, each soon after. */
export const leave = mutation({
  args: { ...mark, delayMs: v.number() },
  returns: v.number(),
  handler: async (ctx, { writer, number, delayMs }) => {
    await ctx.scheduler.runAfter(delayMs, internal.marks.leaveLater, { writer, number });
    const job = await ctx.scheduler.runAfter(delayMs, internal.marks.leaveByAction, { writer, number });
    await ctx.db.insert("marks", { writer, number, by: "client", job });
    return number;
  },
});

export const leaveLater = internalMutation({
  args: mark,
  handler: async (ctx, args) => {
    await ctx.db.insert("marks", { ...args, by: "schedule" });
  },
});

export const leaveByAction = internalAction({
  args: mark,
  handler: async (ctx, args): Promise<void> => {
    await ctx.runMutation(internal.marks.insertForAction, args);
  },
});

export const insertForAction = internalMutation({
  args: mark,
  handler: async (ctx, args) => {
    await ctx.db.insert("marks", { ...args, by: "action" });
  },
});

/** The marks of one writer, and of those that clients left how the action is that they scheduled. */
export const page = query({
  args: { writer: v.string(), paginationOpts: paginationOptsValidator },
  handler: async (ctx, { writer, paginationOpts }) => {
    const { page: marks, ...rest } = await ctx.db.query("marks").withIndex("by_writer", (q) => q.eq("writer", writer)).paginate(paginationOpts);
    const page = await Promise.all(marks.map(async ({ number, by, job }) => ({ number, by, job: job === undefined ? null : ((await ctx.db.system.get(job))?.state.kind ?? "gone") })));
    return { page, ...rest };
  },
});

export const last = query({
  args: { writer: v.string() },
  handler: async (ctx, { writer }) => (await ctx.db.query("marks").withIndex("by_writer", (q) => q.eq("writer", writer)).order("desc").first())?.number ?? null,
});
