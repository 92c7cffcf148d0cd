import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs, MAX_DELAY_MS } from "./backoff";

const delay = (more: Partial<Parameters<typeof backoffMs>[0]> = {}) =>
  backoffMs({ provider: "google", attempt: 1, retryAfterMs: null, random: 0, ...more });

describe("backoff", () => {
  it("starts with the provider's own pause and doubles", () => {
    expect([1, 2, 3, 4].map((attempt) => delay({ attempt }))).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(delay({ provider: "microsoft" })).toBe(45_000);
    expect(delay({ provider: "caldav" })).toBe(60_000);
    expect(delay({ provider: "something-new" })).toBe(60_000);
  });

  it("adds at most a tenth", () => {
    expect(delay({ random: 0.999999 })).toBe(33_000);
  });

  it("waits at least as long as the provider asks", () => {
    expect(delay({ retryAfterMs: 200_000 })).toBe(200_000);
    expect(delay({ retryAfterMs: 1 })).toBe(30_000);
  });

  it("is a whole number within its bounds for any input", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 10_000 }), fc.option(fc.nat(10 ** 9)), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, retryAfterMs, random) => {
        const ms = delay({ attempt, retryAfterMs, random });
        expect(Number.isInteger(ms)).toBe(true);
        expect(ms).toBeGreaterThanOrEqual(30_000);
        expect(ms).toBeLessThanOrEqual(MAX_DELAY_MS);
      }),
      { seed: 3 },
    );
  });
});
