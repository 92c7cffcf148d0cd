import { describe, expect, it } from "vitest";
import { applyShape, parseShape } from "./generated-schema";

const read = (type: string, json: Parameters<typeof applyShape>[1]): unknown => applyShape(parseShape(type), json);

describe("the generated schema of an export", () => {
  it("tells an int64, bytes and numbers that JSON lacks from strings", () => {
    const type = '{"at": int64, "data": bytes, "size": normalfloat64 | nan, "name": string, "note"?: null | int64}';
    expect(read(type, { at: "7", data: "AP8H", size: "NaN", name: "7", note: null })).toEqual({
      at: { $integer: "BwAAAAAAAAA=" },
      data: { $bytes: "AP8H" },
      size: { $float: "AAAAAAAA+H8=" },
      name: "7",
      note: null,
    });
  });

  it("reaches into arrays, records and unions of objects", () => {
    expect(read('{"list": array<int64>, "by": record<string, bytes>, "one": {"a": int64} | {"b": string}}', { list: ["1"], by: { x: "AA==" }, one: { a: "2" } })).toEqual({
      list: [{ $integer: "AQAAAAAAAAA=" }],
      by: { x: { $bytes: "AA==" } },
      one: { a: { $integer: "AgAAAAAAAAA=" } },
    });
  });

  it("leaves what may be a string a string, and what it does not know as it is", () => {
    expect(read('{"either": int64 | string, "any": unknown}', { either: "12", any: { $integer: "AQAAAAAAAAA=" }, extra: 1 })).toEqual({ either: "12", any: { $integer: "AQAAAAAAAAA=" }, extra: 1 });
  });

  it("says where it cannot be read", () => {
    expect(() => parseShape('{"a": int64')).toThrow("Cannot read the generated schema");
    expect(() => parseShape('{"a" int64}')).toThrow(/near "int64/);
    expect(() => parseShape("int64 §")).toThrow(/near/);
  });
});
