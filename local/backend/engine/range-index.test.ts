import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hitsRange, type KeyRange } from "../values/keys";
import { RangeIndex } from "./range-index";

const key = fc.string({ unit: fc.constantFrom("a", "b", "\0", "\xff"), maxLength: 5 });
const range = fc.tuple(key, key).map(([a, b]): KeyRange => (a <= b ? [a, b] : [b, a]));

describe("RangeIndex", () => {
  it("finds exactly those who read a touched key, whatever was replaced and removed before", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(8), fc.array(range, { maxLength: 4 }))), fc.array(fc.nat(8)), fc.array(key, { maxLength: 6 }), (sets, removed, keys) => {
        const readers = Array.from({ length: 9 }, (_, name) => ({ name }));
        const index = new RangeIndex<{ name: number }>();
        const expected = new Map<number, KeyRange[]>();
        for (const [name, ranges] of sets) {
          index.set(readers[name] ?? { name }, ranges);
          expected.set(name, ranges);
        }
        for (const name of removed) {
          index.delete(readers[name] ?? { name });
          expected.delete(name);
        }
        const touched = [...new Set(keys)].sort();
        const hit = [...expected].filter(([, ranges]) => ranges.some((one) => hitsRange(touched, one))).map(([name]) => name);
        expect([...index.readersOf(touched)].map(({ name }) => name).sort()).toEqual(hit.sort());
      }),
    );
  });

  it("looks at nobody else: a thousand readers elsewhere are not asked", () => {
    const index = new RangeIndex<object>();
    let asked = 0;
    for (let i = 0; i < 1000; i++) {
      const lo = `I${String(i).padStart(4, "0")}`;
      const watched: KeyRange = Object.defineProperty([lo, `${lo}\xff`] as [string, string], "0", { get: () => (asked++, lo) });
      index.set({ i }, [watched]);
    }
    asked = 0;
    expect(index.readersOf(["I0500x"]).size).toBe(1);
    expect(asked).toBeLessThan(5);
  });
});
