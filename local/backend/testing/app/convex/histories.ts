import { ConvexError, v, type Value } from "convex/values";
import type { Expression, NamedTableInfo, OrderedQuery, Query } from "convex/server";
import { internal } from "./_generated/api";
import type { DataModel, Id } from "./_generated/dataModel";
import { internalMutation, mutation, query, type MutationCtx, type QueryCtx } from "./_generated/server";

/** A document that an earlier step made, by the number of the step; beyond those, an id that is none. */
export type Ref = number;
export type Fields = Record<string, Value | undefined>;

export interface Range {
  index: "by_value" | "by_tag_rank" | "by_nested" | "by_creation_time" | null;
  equals: Value[];
  lower?: { value: Value; inclusive: boolean };
  upper?: { value: Value; inclusive: boolean };
  order: "asc" | "desc";
  filter?: { field: string; test: "eq" | "neq" | "lt" | "gte"; value: Value; negated: boolean };
}

/** One thing done to the database. */
export type Step =
  | { do: "insert"; fields: Fields }
  | { do: "link"; to: Ref }
  | { do: "patch" | "replace"; ref: Ref; fields: Fields; unset?: string }
  | { do: "delete" | "get" | "normalize"; ref: Ref }
  | { do: "read"; range: Range; how: "collect" | "first" | "unique"; take?: number }
  | { do: "nested"; steps: Step[]; fails: boolean; caught: boolean }
  | { do: "throw"; data: Value };

const DATA = "histories";
const NOBODY = "zzzz" as Id<"things">;
const FIELDS = { by_value: ["value"], by_tag_rank: ["tag", "rank"], by_nested: ["nested.inner"], by_creation_time: ["_creationTime"] } as const;

function rangeQuery(ctx: QueryCtx, range: Range): OrderedQuery<NamedTableInfo<DataModel, "things">> {
  const { index, equals, lower, upper, order, filter } = range;
  // The builders are typed for one index at a time; here the index is data.
  const all: Query<NamedTableInfo<DataModel, "things">> =
    index === null
      ? ctx.db.query("things")
      : ctx.db.query("things").withIndex(index as "by_tag_rank", (q) => {
          const fields: readonly string[] = FIELDS[index];
          let builder = q as unknown as Record<"eq" | "gt" | "gte" | "lt" | "lte", (field: string, value: Value) => typeof builder>;
          equals.forEach((value, at) => (builder = builder.eq(fields[at] ?? "beyond", value)));
          const field = fields[equals.length];
          if (field !== undefined && lower) builder = builder[lower.inclusive ? "gte" : "gt"](field, lower.value);
          if (field !== undefined && upper) builder = builder[upper.inclusive ? "lte" : "lt"](field, upper.value);
          return builder as unknown as typeof q;
        });
  const ordered = all.order(order);
  if (!filter) return ordered;
  return ordered.filter((q) => {
    const compare: (left: unknown, right: unknown) => Expression<boolean> = q[filter.test] as never;
    const test = compare(q.field(filter.field as "rank"), filter.value);
    return filter.negated ? q.not(test) : test;
  });
}

/** Documents as both sides can name them: the system's own fields are nobody's to foresee. */
function plain(document: Fields | null): Value {
  if (document === null) return null;
  const { _id: _, _creationTime: __, to: ___, ...rest } = document;
  return rest as Value;
}

async function idOf(ctx: MutationCtx, ref: Ref): Promise<Id<"things">> {
  const made = await ctx.db.query("made").withIndex("by_number", (q) => q.eq("number", ref)).unique();
  return (made?.id ?? NOBODY) as Id<"things">;
}

async function remember(ctx: MutationCtx, id: string): Promise<void> {
  const last = await ctx.db.query("made").withIndex("by_number").order("desc").first();
  await ctx.db.insert("made", { number: (last?.number ?? -1) + 1, id });
}

async function read(ctx: QueryCtx, range: Range, how: "collect" | "first" | "unique", take: number | undefined): Promise<Value> {
  const found = rangeQuery(ctx, range);
  if (how === "first") return plain(await found.first());
  if (how === "unique") return plain(await found.unique());
  return (take === undefined ? await found.collect() : await found.take(take)).map(plain);
}

async function perform(ctx: MutationCtx, step: Step): Promise<Value> {
  switch (step.do) {
    case "insert":
      return remember(ctx, await ctx.db.insert("things", step.fields as never)).then(() => null);
    case "link":
      return remember(ctx, await ctx.db.insert("links", { to: await idOf(ctx, step.to) })).then(() => null);
    case "patch":
      return ctx.db.patch(await idOf(ctx, step.ref), { ...step.fields, ...(step.unset === undefined ? {} : { [step.unset]: undefined }) } as never).then(() => null);
    case "replace":
      return ctx.db.replace(await idOf(ctx, step.ref), step.fields as never).then(() => null);
    case "delete":
      return ctx.db.delete(await idOf(ctx, step.ref)).then(() => null);
    case "get": {
      const id = await idOf(ctx, step.ref);
      // Of what is no id, convex-test says that there is no such document; Convex refuses it.
      return id === NOBODY ? "nobody" : plain(await ctx.db.get(id));
    }
    case "normalize":
      return ctx.db.normalizeId("things", await idOf(ctx, step.ref)) !== null;
    case "read":
      return read(ctx, step.range, step.how, step.take);
    case "nested": {
      const call = ctx.runMutation(internal.histories.inner, { steps: step.steps, fails: step.fails });
      if (!step.caught) return (await call) as Value;
      return call.catch((thrown: unknown) => ({ caught: thrown instanceof ConvexError ? (thrown.data as Value) : "an error" })) as Promise<Value>;
    }
    case "throw":
      throw new ConvexError({ from: DATA, data: step.data });
  }
}

async function performAll(ctx: MutationCtx, steps: readonly Step[]): Promise<Value[]> {
  const results: Value[] = [];
  for (const step of steps) results.push(await perform(ctx, step));
  return results;
}

export const run = mutation({ args: { steps: v.any() }, handler: (ctx, { steps }): Promise<Value[]> => performAll(ctx, steps as Step[]) });

export const inner = internalMutation({
  args: { steps: v.any(), fails: v.boolean() },
  handler: async (ctx, { steps, fails }): Promise<Value[]> => {
    const results = await performAll(ctx, steps as Step[]);
    if (fails) throw new Error("told to fail");
    return results;
  },
});

export const everything = query({
  args: {},
  handler: async (ctx): Promise<Value> => ({
    things: (await ctx.db.query("things").collect()).map(plain),
    links: (await ctx.db.query("links").collect()).length,
    made: (await ctx.db.query("made").collect()).length,
  }),
});

/** One page of a range, with the cursor for the next. */
export const page = query({
  args: { range: v.any(), numItems: v.number(), cursor: v.union(v.string(), v.null()) },
  handler: async (ctx, { range, numItems, cursor }): Promise<{ page: Value[]; isDone: boolean; cursor: string }> => {
    const { page, isDone, continueCursor } = await rangeQuery(ctx, range as Range).paginate({ numItems, cursor });
    return { page: page.map(plain), isDone, cursor: continueCursor };
  },
});

/** Arguments and results that are checked. */
export const checked = query({
  args: {
    text: v.string(),
    count: v.optional(v.number()),
    choice: v.union(v.literal("a"), v.literal(7), v.object({ deep: v.array(v.boolean()) })),
    map: v.record(v.string(), v.int64()),
    result: v.any(),
  },
  returns: v.union(v.null(), v.string(), v.object({ n: v.number() })),
  handler: (_ctx, { result }): null => result as null,
});

export const clear = mutation({
  args: {},
  handler: async (ctx): Promise<void> => {
    for (const table of ["things", "links", "made"] as const) for (const { _id } of await ctx.db.query(table).collect()) await ctx.db.delete(_id);
  },
});
