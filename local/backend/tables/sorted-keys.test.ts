import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SortedKeys } from "./sorted-keys";

describe("SortedKeys", () => {
  it("finds neighbours as a plain sorted array does, through additions and deletions", () => {
    const key = fc.integer({ min: 0, max: 3000 }).map((n) => String(n).padStart(4, "0"));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), key), { maxLength: 3000, minLength: 100 }), fc.array(key), (changes, probes) => {
        const keys = new SortedKeys();
        const model = new Set<string>();
        for (const [add, changed] of changes) {
          if (add) {
            keys.add(changed);
            model.add(changed);
          } else {
            keys.delete(changed);
            model.delete(changed);
          }
        }
        const sorted = [...model].sort();
        for (const probe of [...probes, "", "9999"]) {
          expect(keys.atOrAfter(probe)).toBe(sorted.find((candidate) => candidate >= probe));
          expect(keys.before(probe)).toBe(sorted.findLast((candidate) => candidate < probe));
        }
      }),
      { numRuns: 50 },
    );
  });
});
