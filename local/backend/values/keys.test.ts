import { compareValues as convexCompare, convexToJson, type Value } from "convex/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Encoded } from "./encoded-value";
import { compareValues, encodeIndexField, encodeValue, hitsRange, sessionKey } from "./keys";

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, NaN, Number.MIN_VALUE),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "\0", "a", "a\0", "a\0b", "ab", "é", "😀"),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => bytes.slice().buffer),
);
const name = fc.stringMatching(/^[a-z]{1,3}$/);
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(name, tie("value"), { maxKeys: 4 })),
})).value;
const encode = (given: Value): Encoded => convexToJson(given);

describe("encodeValue", () => {
  it("orders keys as Convex orders values", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(compareValues(encode(a), encode(b)))).toBe(Math.sign(convexCompare(a, b)));
      }),
      { numRuns: 2000 },
    );
  });

  it("makes no encoding a prefix of another, so that an equality reads only its value", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [left, right] = [encodeValue(encode(a)), encodeValue(encode(b))];
        expect(left === right || !right.startsWith(left)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("puts undefined before null", () => {
    expect(compareValues(undefined, null)).toBeLessThan(0);
  });
});

describe("encodeIndexField", () => {
  it("keeps every key of an index within LMDB's 1,978 bytes", () => {
    const long = "x".repeat(100_000);
    for (const fields of [1, 2, 16]) {
      expect(encodeIndexField(long, fields).length * fields + 60).toBeLessThanOrEqual(1978);
    }
  });

  it("tells long values with one beginning apart", () => {
    const long = "x".repeat(5000);
    expect(encodeIndexField(long + "a", 1)).not.toBe(encodeIndexField(long + "b", 1));
  });
});

describe("hitsRange", () => {
  it("is true exactly when a key lies in the half-open range", () => {
    const sorted = ["b", "d", "f"];
    expect(hitsRange(sorted, ["a", "b"])).toBe(false);
    expect(hitsRange(sorted, ["b", "c"])).toBe(true);
    expect(hitsRange(sorted, ["e", "f"])).toBe(false);
    expect(hitsRange(sorted, ["e", "g"])).toBe(true);
    expect(hitsRange(sorted, ["g", "z"])).toBe(false);
    expect(hitsRange([], ["", "z"])).toBe(false);
  });
});

describe("sessionKey", () => {
  it("keeps requests of sessions apart whose ids begin alike", () => {
    expect(sessionKey("a", 11)).not.toBe(sessionKey("a1", 1));
  });
});
