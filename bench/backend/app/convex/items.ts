import { mutationGeneric, paginationOptsValidator, queryGeneric } from "convex/server";
import { v } from "convex/values";

/** What is measured: the same functions run on this backend and on convex-test. */
const PAGE = 50;

/** Inserts `count` documents in one transaction, ranked from `from` on. */
export const fill = mutationGeneric({
  args: { from: v.number(), count: v.number(), group: v.number() },
  handler: async (ctx, { from, count, group }) => {
    for (let rank = from; rank < from + count; rank++) {
      await ctx.db.insert("items", { group, rank, title: `Item ${rank} of the list`, startAt: 1_700_000_000_000 + rank * 60_000, done: false });
    }
  },
});

/** Fifty documents from the middle of an index. */
export const page = queryGeneric({
  args: { from: v.number() },
  handler: (ctx, { from }) => ctx.db.query("items").withIndex("by_rank", (q) => q.gte("rank", from)).take(PAGE),
});

/** The same fifty in one step: what `.take` asks for one by one, `.paginate` asks for at once. */
export const paginated = queryGeneric({
  args: { from: v.number(), paginationOpts: paginationOptsValidator },
  handler: (ctx, { from, paginationOpts }) => ctx.db.query("items").withIndex("by_rank", (q) => q.gte("rank", from)).paginate(paginationOpts),
});

/** As little as a function can do. */
export const nothing = queryGeneric({ args: { from: v.number() }, handler: () => null });

/** What one screen shows: fifty documents of a group. */
export const screen = queryGeneric({
  args: { group: v.number() },
  handler: (ctx, { group }) => ctx.db.query("items").withIndex("by_group_rank", (q) => q.eq("group", group)).take(PAGE),
});

/** Changes the first document of a group. */
export const retitle = mutationGeneric({
  args: { group: v.number(), title: v.string() },
  handler: async (ctx, { group, title }) => {
    const first = await ctx.db.query("items").withIndex("by_group_rank", (q) => q.eq("group", group)).first();
    if (first !== null) await ctx.db.patch(first._id, { title });
  },
});
