import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import type { Encoded } from "./encoded-value";
import { findMismatch, type Validator } from "./validator";
import { describeMismatch } from "./validator-text";

/** The JSON a validator of the `convex` package is pushed as. */
const json = (validator: object): Validator => (validator as { json: Validator }).json;
const matches = (validator: object, value: Encoded): boolean => findMismatch(json(validator), value, (id, table) => id === `id of ${table}`) === null;
const integer: Encoded = { $integer: "AQAAAAAAAAA=" };

describe("findMismatch", () => {
  it("tells the types apart", () => {
    expect(matches(v.number(), 1)).toBe(true);
    expect(matches(v.number(), { $float: "AAAAAAAA8H8=" })).toBe(true);
    expect(matches(v.number(), integer)).toBe(false);
    expect(matches(v.int64(), integer)).toBe(true);
    expect(matches(v.bytes(), { $bytes: "AA==" })).toBe(true);
    expect(matches(v.null(), null)).toBe(true);
    expect(matches(v.boolean(), "true")).toBe(false);
    expect(matches(v.literal("a"), "a")).toBe(true);
    expect(matches(v.literal("a"), "b")).toBe(false);
    expect(matches(v.id("notes"), "id of notes")).toBe(true);
    expect(matches(v.id("notes"), "id of others")).toBe(false);
    expect(matches(v.any(), { deep: [1] })).toBe(true);
  });

  it("takes optional fields away but neither missing nor extra ones", () => {
    const validator = v.object({ a: v.string(), b: v.optional(v.number()) });
    expect(matches(validator, { a: "x" })).toBe(true);
    expect(matches(validator, { a: "x", b: 1 })).toBe(true);
    expect(matches(validator, { b: 1 })).toBe(false);
    expect(matches(validator, { a: "x", c: 1 })).toBe(false);
    expect(matches(validator, integer)).toBe(false);
  });

  it("does not take what every object has for a field", () => {
    expect(matches(v.object({ constructor: v.any() }), {})).toBe(false);
    expect(matches(v.object({ toString: v.optional(v.string()) }), {})).toBe(true);
    expect(matches(v.object({}), { valueOf: 1 })).toBe(false);
  });

  it("checks unions, records and arrays all the way down, and says where", () => {
    const validator = v.object({ list: v.array(v.union(v.string(), v.record(v.string(), v.number()))) });
    expect(matches(validator, { list: ["a", { b: 1 }] })).toBe(true);
    const found = findMismatch(json(validator), { list: ["a", { b: "c" }] }, () => true);
    expect(found?.path).toBe(".list[1]");
    expect(found && describeMismatch(found)).toContain("v.union(v.string(), v.record(v.string(), v.float64()))");
  });
});
