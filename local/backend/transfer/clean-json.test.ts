import fc from "fast-check";
import { convexToJson } from "convex/values";
import { describe, expect, it } from "vitest";
import { arbitraryValue } from "../testing/arbitrary-history";
import type { Encoded } from "../values/encoded-value";
import { fromCleanJson, hintFor, needsHints, toCleanJson } from "./clean-json";
import { formatShape, parseShape } from "./shape";
import { ShapeInference } from "./shape-inference";

const INT_7 = { $integer: "BwAAAAAAAAA=" };
const read = (type: string, json: Encoded, hint?: Encoded): Encoded => fromCleanJson(json, [parseShape(type)], hint);

describe("the JSON of an export", () => {
  it("tells an int64, bytes and numbers that JSON lacks from strings by the generated schema", () => {
    const type = '{"at": int64, "data": bytes, "size": -inf | inf | normalfloat64, "name": field_name, "owner": id<10002>, "note"?: null | int64}';
    expect(read(type, { at: "7", data: "AP8H", size: "-Infinity", name: "7", owner: "k57", note: null })).toEqual({
      at: INT_7,
      data: { $bytes: "AP8H" },
      size: { $float: "AAAAAAAA8P8=" },
      name: "7",
      owner: "k57",
      note: null,
    });
  });

  it("reaches into arrays, records and unions of objects", () => {
    const type = '{"list": array<int64>, "by": record<id<10001>, bytes>, "one": {"a": int64} | {"b": "a literal" | string}}';
    expect(read(type, { list: ["7"], by: { x: "AA==" }, one: { a: "7" } })).toEqual({ list: [INT_7], by: { x: { $bytes: "AA==" } }, one: { a: INT_7 } });
  });

  it("takes from a document's own hint what the schema leaves open; without one a string is a string", () => {
    const type = '{"either": int64 | string, "size": float64, "any": unknown}';
    const json = { either: "7", size: "NaN", any: ["7", "7", "AA=="] };
    const hint = { either: "int64", size: { $float64NaN: "AAAAAAAA+H8=" }, any: ["int64", "infer", "bytes"] };
    expect(read(type, json, hint)).toEqual({ either: INT_7, size: { $float: "AAAAAAAA+H8=" }, any: [INT_7, "7", { $bytes: "AA==" }] });
    expect(read(type, json)).toEqual(json);
    expect(read("unknown", { at: INT_7, zero: -0 })).toEqual({ at: INT_7, zero: { $float: "AAAAAAAAAIA=" } });
  });

  it("says what cannot be", () => {
    expect(() => read("int64", "seven")).toThrow('"seven" is not what the generated schema says of it ("int64")');
    expect(() => read("int64", "9223372036854775808")).toThrow("is not what the generated schema says");
    expect(() => parseShape('{"a": int64')).toThrow("Cannot read the generated schema");
    expect(() => parseShape('{"a" int64}')).toThrow(/near "int64/);
    expect(() => parseShape("int64 §")).toThrow(/near/);
    expect(() => parseShape("integer")).toThrow(/near "integer/);
    expect(() => parseShape("set<int64>")).toThrow("no longer");
  });

  it("brings back every value, with the shape found in all and a hint where that is not enough", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom("a", "b", "c"), arbitraryValue, { noNullPrototype: true }), { minLength: 1, maxLength: 6 }), (documents) => {
        const encoded = documents.map((document) => convexToJson(document) as Encoded);
        const inference = new ShapeInference();
        for (const document of encoded) inference.add(document);
        const text = formatShape(inference.shape());
        const shape = parseShape(text);
        expect(formatShape(shape)).toBe(text);
        for (const document of encoded) {
          const hint = hintFor(document, [shape]);
          if (!needsHints(shape)) expect(hint).toBeNull();
          const json = JSON.parse(toCleanJson(document)) as Encoded;
          expect(fromCleanJson(json, [shape], hint === null ? undefined : (JSON.parse(JSON.stringify(hint)) as Encoded))).toEqual(document);
        }
      }),
    );
  });
});

describe("the shape of a table", () => {
  const shapeOf = (...documents: Encoded[]): string => {
    const inference = new ShapeInference();
    for (const document of documents) inference.add(document);
    return formatShape(inference.shape());
  };

  it("has each field once, and says which of them some documents lack", () => {
    expect(shapeOf({ name: "a", rank: 1 }, { name: null, tags: ["x", true] }, { name: "b", tags: [] })).toBe('{"name": null | string, "rank"?: normalfloat64, "tags"?: array<boolean | string>}');
    expect(shapeOf({}, { $integer: "BwAAAAAAAAA=" })).toBe("int64 | {}");
    expect(shapeOf()).toBe("never");
    expect(shapeOf([])).toBe("array<never>");
  });

  it("takes objects for records when their fields have too many names, or odd ones", () => {
    expect(shapeOf({ by: { "c d": 1 } }, { by: { a: "x" } })).toBe('{"by": record<string, normalfloat64 | string>}');
    const many = (from: number): Encoded => Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`f${from + at}`, at === 0 ? "x" : { at }]));
    expect(shapeOf(many(0), many(30))).toBe('record<string, string | {"at": normalfloat64}>');
    expect(shapeOf([many(0)], [{ other: many(0) }], [many(9)])).toContain("record<string, string | ");
  });

  it("ends where values are nested very deep", () => {
    let deep: Encoded = "x";
    for (let depth = 0; depth < 60; depth++) deep = [deep];
    expect(parseShape(shapeOf(deep))).toBeDefined();
    expect(shapeOf(deep)).toContain("array<unknown>");
  });
});
