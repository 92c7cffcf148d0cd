import fc from "fast-check";
import type { Value } from "convex/values";
import type { Fields, Range, Step } from "./app/convex/histories";

/** Texts without half of a surrogate pair, which Convex refuses. */
export function wellFormed(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ maxLength, unit: "binary" });
}

/** Texts on which orders and encodings differ: zero bytes, characters beyond 16 bits, the empty one. */
const text = fc.oneof(fc.constantFrom("", "a", "ab", "b", "\0", "a\0b", "\uffff", "😀", "é"), wellFormed(6));
const number = fc.constantFrom(0, -0, 1, -1, 0.5, 1e300, -1e300, Infinity, -Infinity, NaN, Number.MIN_VALUE);
const integer = fc.constantFrom(0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n));
const bytes = fc.uint8Array({ maxLength: 4 }).map((array) => new Uint8Array(array).buffer as ArrayBuffer);
const simple: fc.Arbitrary<Value> = fc.oneof(fc.constant(null), fc.boolean(), integer, number, text, bytes);

/** Any value, small: so that two of one history are often equal or close. */
export const arbitraryValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: simple },
  { weight: 1, arbitrary: fc.array(simple, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom("a", "b", "c d"), simple, { maxKeys: 2, noNullPrototype: true }) },
);

const rank = fc.constantFrom(0, 1, 2, 3, -0);
const fields: fc.Arbitrary<Fields> = fc.record(
  {
    rank,
    value: arbitraryValue,
    tag: fc.constantFrom("x", "y", "z"),
    nested: fc.record({ inner: arbitraryValue }, { requiredKeys: [], noNullPrototype: true }),
  },
  { requiredKeys: ["rank"], noNullPrototype: true },
);
/** Now and then what the schema or the names of fields forbid. */
const anyFields: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 8, arbitrary: fields },
  { weight: 1, arbitrary: fc.constantFrom<Fields[]>({ rank: "high" }, {}, { rank: 1, extra: true }, { rank: 1, nested: { outer: 1 } }, { rank: 1n }) },
);
const someFields: fc.Arbitrary<Fields> = fc.oneof({ weight: 6, arbitrary: fields.map(({ rank: _, ...rest }) => rest) }, { weight: 1, arbitrary: anyFields });
const ref = fc.nat({ max: 6 });

const bound = fc.record({ value: arbitraryValue, inclusive: fc.boolean() });
const order = fc.constantFrom("asc" as const, "desc" as const);
/** convex-test orders values in filters as JavaScript does, Convex by its own order: they agree on most numbers. */
const filter = fc.oneof(
  fc.record({ field: fc.constantFrom("rank", "tag", "value", "nested.inner"), test: fc.constantFrom("eq" as const, "neq" as const), value: arbitraryValue, negated: fc.boolean() }),
  fc.record({ field: fc.constant("rank"), test: fc.constantFrom("lt" as const, "gte" as const), value: fc.constantFrom(1, 2.5), negated: fc.boolean() }),
);

/** A range of an index, or of the table. */
export const arbitraryRange: fc.Arbitrary<Range> = fc.oneof(
  fc.record({ index: fc.constantFrom("by_value" as const, "by_nested" as const), equals: fc.array(arbitraryValue, { maxLength: 1 }), lower: bound, upper: bound, order, filter }, { requiredKeys: ["index", "equals", "order"] }),
  fc.record({ index: fc.constant("by_tag_rank" as const), equals: fc.constantFrom<Value[][]>([], ["x"], ["y"], ["x", 1], ["x", 1, 2]), lower: bound, upper: bound, order, filter }, { requiredKeys: ["index", "equals", "order"] }),
  fc.record({ index: fc.constantFrom(null, "by_creation_time" as const), equals: fc.constant<Value[]>([]), order, filter }, { requiredKeys: ["index", "equals", "order"] }),
);

const leaf: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("insert" as const), fields: anyFields }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("link" as const), to: ref }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("patch" as const, "replace" as const), ref, fields: someFields, unset: fc.constantFrom("tag", "value", "rank") }, { requiredKeys: ["do", "ref", "fields"] }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("delete" as const, "get" as const, "normalize" as const), ref }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("read" as const), range: arbitraryRange, how: fc.constantFrom("collect" as const, "first" as const, "unique" as const), take: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: ["do", "range", "how"] }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("throw" as const), data: fc.constantFrom<Value[]>(null, "text", { code: 1, list: [true] }) }) },
);

const steps = (depth: number): fc.Arbitrary<Step[]> => {
  const inner: fc.Arbitrary<Step> = depth === 0 ? leaf : fc.oneof({ weight: 8, arbitrary: leaf }, { weight: 2, arbitrary: fc.record({ do: fc.constant("nested" as const), steps: steps(depth - 1), fails: fc.boolean(), caught: fc.boolean() }) });
  return fc.array(inner, { minLength: 1, maxLength: 5 });
};

/** Transactions, one after the other; each is done as a whole or not at all. */
export const arbitraryHistory: fc.Arbitrary<Step[][]> = fc.array(steps(2), { minLength: 1, maxLength: 6 });
