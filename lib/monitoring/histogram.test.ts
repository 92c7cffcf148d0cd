import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addHistograms, BUCKETS, bucketOf, emptyHistogram, quantileMs, upperBoundMs } from "./histogram";

const of = (durations: readonly number[]) => {
  const histogram = emptyHistogram();
  for (const ms of durations) histogram[bucketOf(ms)] = (histogram[bucketOf(ms)] ?? 0) + 1;
  return histogram;
};

describe("histograms of durations", () => {
  it("put every duration into a bucket whose bounds hold it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10 ** 9, noNaN: true }), (ms) => {
        const bucket = bucketOf(ms);
        expect(bucket).toBeGreaterThanOrEqual(0);
        expect(bucket).toBeLessThan(BUCKETS);
        if (bucket < BUCKETS - 1) expect(ms).toBeLessThanOrEqual(upperBoundMs(bucket) * (1 + 1e-9));
        if (bucket > 0) expect(ms).toBeGreaterThan(upperBoundMs(bucket - 1) * (1 - 1e-9));
      }),
      { seed: 7 },
    );
  });

  it("know the quantiles of what was measured, within a bucket's width", () => {
    const durations = Array.from({ length: 1_000 }, (_, index) => 20 + index * 3);
    for (const q of [0.5, 0.95, 0.99]) {
      const exact = durations[Math.floor(q * durations.length)] ?? 0;
      const read = quantileMs(of(durations), q) ?? 0;
      expect(read / exact).toBeGreaterThan(0.8);
      expect(read / exact).toBeLessThan(1.2);
    }
    expect(quantileMs(emptyHistogram(), 0.95)).toBeNull();
  });

  it("say of two parts together what they say of the whole", () => {
    const a = [5, 80, 3_000];
    const b = [90, 4_000_000, 12];
    expect(addHistograms(of(a), of(b))).toEqual(of([...a, ...b]));
  });

  it("count what is no number, and what is longer than anything, somewhere", () => {
    expect(bucketOf(Number.NaN)).toBe(0);
    expect(bucketOf(-5)).toBe(0);
    expect(bucketOf(Number.POSITIVE_INFINITY)).toBe(BUCKETS - 1);
  });
});
