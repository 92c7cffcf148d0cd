import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "./json";
import { type KeepPlan, keptFields, MAX_KEPT_LENGTH, withKeptFields, writablePart } from "./kept-fields";

const plan: KeepPlan = {
  provider: "example",
  fields: ["a", "b", "c", "start", "end", "people", "owner"],
  groups: [["start", "end"]],
  objects: { owner: ["name"] },
  lists: { people: { fields: ["mail", "answer", "extra"], keyOf: ({ mail }) => (typeof mail === "string" ? mail : null) } },
};
const keep = (original: JsonObject, written: JsonObject) => keptFields(original, written, plan);

describe("kept fields", () => {
  it("put back all that a client can write, and nothing else", () => {
    // A provider's JSON came as text, which has no negative zero.
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.jsonValue()).map((value): unknown => JSON.parse(JSON.stringify(value)));
    const person = fc.record({ mail: fc.constantFrom("x", "y", "z"), answer: leaf, extra: leaf, self: fc.boolean() }, { requiredKeys: [] });
    const json = fc.record({ a: leaf, b: leaf, start: leaf, end: leaf, id: leaf, owner: fc.record({ name: leaf, self: leaf }, { requiredKeys: [] }), people: fc.oneof(leaf, fc.array(person, { maxLength: 3 })) }, { requiredKeys: [] });
    fc.assert(fc.property(json, json, (original, written) => {
      const ours = writablePart(written, plan);
      expect(withKeptFields(ours, keep(original, ours), plan)).toEqual(writablePart(original, plan));
    }), { numRuns: 1_000, seed: 11 });
  });

  it("are nothing where nothing is missing", () => expect(keep({ a: 1, id: 5 }, { a: 1 })).toBeNull());

  it("give way to what was changed, alone or as a group", () => {
    const kept = keep({ a: "A", b: "B", start: "S", end: "E" }, { a: "a", b: "b", start: "s", end: "e" });
    expect(withKeptFields({ a: "a", b: "new", start: "s", end: "later" }, kept, plan)).toEqual({ a: "A", b: "new", start: "s", end: "later" });
  });

  it("of a list's members follow them when others come and go", () => {
    const kept = keep({ people: [{ mail: "x", answer: "YES", extra: 1 }, { mail: "y", extra: 2 }] }, { people: [{ mail: "x", answer: "yes" }, { mail: "y", answer: "no" }] });
    expect(withKeptFields({ people: [{ mail: "z", answer: "new" }, { mail: "y", answer: "maybe" }, { mail: "x", answer: "yes" }] }, kept, plan))
      .toEqual({ people: [{ mail: "z", answer: "new" }, { mail: "y", answer: "maybe", extra: 2 }, { mail: "x", answer: "YES", extra: 1 }] });
  });

  it("of another provider, or of nobody, are passed over", () => {
    const written = { a: 1 };
    for (const extended of [keep({ a: 2 }, written)?.replace("example", "other") ?? "", "not json", "{}", null]) {
      expect(withKeptFields(written, extended, plan)).toBe(written);
    }
  });

  it("stay bounded: what is too long is left out of what is written, until it is changed", () => {
    const kept = keep({ a: "x".repeat(MAX_KEPT_LENGTH), b: "B" }, { a: "short", b: "b" }) ?? "";
    expect(kept.length).toBeLessThan(1_000);
    expect(withKeptFields({ a: "short", b: "b" }, kept, plan)).toEqual({ b: "B" });
    expect(withKeptFields({ a: "changed", b: "b" }, kept, plan)).toEqual({ a: "changed", b: "B" });
  });
});
