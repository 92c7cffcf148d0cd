import type { ConvexHttpClient } from "convex/browser";
import { ConvexError, convexToJson, type Value } from "convex/values";
import { convexTest, type TestConvex } from "convex-test";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "./testing/app/convex/_generated/api";
import type { Range, Step } from "./testing/app/convex/histories";
import schema from "./testing/app/convex/schema";
import { arbitraryHistory, arbitraryRange, arbitraryValue, wellFormed } from "./testing/arbitrary-history";
import { startWorld, type World } from "./testing/harness";

/**
 * The same functions and the same random histories on convex-test and on this backend: what they answer, what is stored
 * afterwards, and the kind of every failure must be the same. Seeds are fixed; `FC_SEED` and `FC_RUNS` take others. What
 * convex-test is known to do otherwise than Convex is not asked: it checks no records and no 64-bit literals, orders values in
 * filters as JavaScript does, knows no limits of size, and loses 64-bit integers in the data of errors.
 */
const SEED = Number(process.env["FC_SEED"] ?? 20_261);
const RUNS = Number(process.env["FC_RUNS"] ?? 150);
const modules = import.meta.glob(["./testing/app/convex/**/*.ts", "./testing/app/convex/_generated/*.js", "!**/*.d.ts"]);

/** A failure is of the kind whose pattern it fits: the two backends word the same refusal differently. */
const KINDS: [kind: string, pattern: RegExp][] = [
  ["schema or arguments", /ArgumentValidationError|ReturnsValidationError|does not match the schema|Validator error|Return value validation failed/],
  ["no such document", /(Update|Replace|Delete) on nonexistent document|on non-existent doc|Unable to decode ID|expected ID value but got|is not an id of any table/],
  ["wrong table", /expected to be an Id<|expected ID in table/],
  ["range", /didn't use the index fields in order|doesn't index this field|Incorrect (operator|field) used in `withIndex`/],
  ["not unique", /unique\(\) query returned more than one result/],
  ["told to fail", /told to fail/],
];

type Outcome = { value: unknown } | { kind: string; data?: unknown };

async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    return { value: encode((await call) as Value) };
  } catch (thrown) {
    // convex-test gives the error's data as text, the clients as a value.
    if (thrown instanceof ConvexError) return { kind: "ConvexError", data: encode((typeof thrown.data === "string" ? JSON.parse(thrown.data) : thrown.data) as Value) };
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: KINDS.find(([, pattern]) => pattern.test(message))?.[0] ?? `other: ${message}` };
  }
}

/** JSON in which NaN and -0 stay what they are; the order of an object's fields means nothing. */
function encode(value: Value): unknown {
  return sorted(convexToJson(value));
}

function sorted(json: unknown): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(sorted);
  return Object.fromEntries(Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

interface Side {
  run(steps: Step[]): Promise<Outcome>;
  everything(): Promise<Outcome>;
  pages(range: Range, numItems: number): Promise<Outcome[]>;
  checked(args: Record<string, Value>): Promise<Outcome>;
}

type Reference = TestConvex<typeof schema>;
type Caller = Pick<ConvexHttpClient, "query" | "mutation"> | Pick<Reference, "query" | "mutation">;

function side(caller: Caller): Side {
  // Both take a reference and its arguments; their types have no common form.
  const { query, mutation } = { query: caller.query.bind(caller), mutation: caller.mutation.bind(caller) } as unknown as Record<"query" | "mutation", (reference: unknown, args: object) => Promise<unknown>>;
  return {
    run: (steps) => outcomeOf(mutation(api.histories.run, { steps })),
    everything: () => outcomeOf(query(api.histories.everything, {})),
    checked: (args) => outcomeOf(query(api.histories.checked, args)),
    pages: async (range, numItems) => {
      const pages: Outcome[] = [];
      let cursor: string | null = null;
      for (let at = 0; at < 20; at++) {
        let next: { isDone: boolean; cursor: string } | null = null;
        const call = query(api.histories.page, { range, numItems, cursor }).then((result) => {
          const { page, ...rest } = result as { page: Value; isDone: boolean; cursor: string };
          next = rest;
          return page;
        });
        pages.push(await outcomeOf(call));
        if (next === null) return pages;
        const { isDone, cursor: following } = next as { isDone: boolean; cursor: string };
        if (isDone) return pages;
        cursor = following;
      }
      return pages;
    },
  };
}

let world: World;
let ours: Side;
let http: ConvexHttpClient;
beforeAll(async () => {
  world = await startWorld();
  http = world.http();
  ours = side(http);
});
afterAll(() => world.end());

/** Both, without a document. */
async function bothEmpty(): Promise<[Side, Side]> {
  await http.mutation(api.histories.clear, {});
  return [side(convexTest(schema, modules)), ours];
}

describe("convex-test and this backend", () => {
  it("do the same in random histories", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, async (history) => {
        const [reference, tested] = await bothEmpty();
        for (const steps of history) {
          const expected = await reference.run(steps);
          expect(await tested.run(steps)).toEqual(expected);
        }
        expect(await tested.everything()).toEqual(await reference.everything());
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it("cut the same ranges into the same pages", async () => {
    const documents = fc.array(fc.record({ rank: fc.constantFrom(0, 1, 2), value: arbitraryValue, tag: fc.constantFrom("x", "y") }, { requiredKeys: ["rank"], noNullPrototype: true }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(documents, fc.array(arbitraryRange, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 4 }), async (all, ranges, numItems) => {
        const [reference, tested] = await bothEmpty();
        const steps: Step[] = all.map((fields) => ({ do: "insert", fields }));
        await Promise.all([reference.run(steps), tested.run(steps)]);
        for (const range of ranges) expect(flat(await tested.pages(range, numItems))).toEqual(flat(await reference.pages(range, numItems)));
      }),
      { seed: SEED, numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it("accept and refuse the same arguments and results", async () => {
    const args = fc.record({
      text: fc.oneof({ weight: 5, arbitrary: wellFormed(10) }, { weight: 1, arbitrary: arbitraryValue }),
      count: fc.oneof({ weight: 5, arbitrary: fc.double() }, { weight: 1, arbitrary: arbitraryValue }),
      choice: fc.oneof({ weight: 5, arbitrary: fc.constantFrom<Value[]>("a", 7, { deep: [] }, { deep: [true, false] }) }, { weight: 1, arbitrary: arbitraryValue }),
      map: fc.dictionary(fc.constantFrom("k", "l m"), fc.bigInt({ min: -5n, max: 5n }), { noNullPrototype: true }),
      result: fc.oneof({ weight: 5, arbitrary: fc.constantFrom<Value[]>(null, "text", { n: 1 }) }, { weight: 1, arbitrary: arbitraryValue }),
      extra: fc.constant(1),
    }, { requiredKeys: ["choice", "map", "result", "text"], noNullPrototype: true });
    const reference = side(convexTest(schema, modules));
    await fc.assert(
      fc.asyncProperty(args, async (given) => {
        expect(await ours.checked(given)).toEqual(await reference.checked(given));
      }),
      { seed: SEED, numRuns: 2 * RUNS },
    );
  });
});

/** The documents of all pages: where a page ends that a filter has thinned out is each backend's own affair. */
function flat(pages: Outcome[]): unknown[] {
  return pages.flatMap((page) => ("value" in page ? (page.value as unknown[]) : [page]));
}
