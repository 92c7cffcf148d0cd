import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JOB_TYPES } from "../queue/job";
import { figuresOf, pollingShare, totalOf } from "./figures";
import { emptyRollup, errorRate, mergeRollups, rollupOf, SAMPLE_OUTCOMES, SYNC_TYPES, type Sample } from "./rollup";

const sample = (more: Partial<Sample> = {}): Sample => ({
  provider: "caldav",
  type: "incremental_sync",
  syncType: "polling",
  outcome: "success",
  waitMs: 100,
  runMs: 900,
  changes: 2,
  apiCalls: 3,
  callMs: 600,
  ...more,
});

const anySample: fc.Arbitrary<Sample> = fc.record({
  provider: fc.constantFrom("caldav", "google"),
  type: fc.constantFrom(...JOB_TYPES),
  syncType: fc.option(fc.constantFrom(...SYNC_TYPES)),
  outcome: fc.constantFrom(...SAMPLE_OUTCOMES),
  waitMs: fc.nat(10 ** 6),
  runMs: fc.nat(10 ** 6),
  changes: fc.nat(100),
  apiCalls: fc.nat(20),
  callMs: fc.nat(10_000),
});

describe("rollups", () => {
  it("are the same in whatever order and portions samples are added", () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 12 }), fc.nat(12), (samples, cut) => {
        const one = totalOf(samples.map(rollupOf));
        const first = totalOf(samples.slice(0, cut).map(rollupOf));
        const second = totalOf(samples.slice(cut).reverse().map(rollupOf));
        expect(mergeRollups(second, first)).toEqual(one);
        expect(mergeRollups(one, emptyRollup())).toEqual(one);
      }),
      { seed: 11 },
    );
  });

  it("count retries and failures as errors, and what goes on later as no end at all", () => {
    const total = totalOf(SAMPLE_OUTCOMES.map((outcome) => rollupOf(sample({ outcome }))));
    expect(errorRate(total)).toEqual({ turns: 4, rate: 0.5 });
    expect(errorRate(emptyRollup())).toEqual({ turns: 0, rate: null });
    expect(total.byProvider).toEqual([{ provider: "caldav", turns: 5, failures: 2, apiCalls: 15, callMs: 3_000 }]);
  });

  it("keep the most that was seen of the queue", () => {
    const quiet = { ...emptyRollup(), depth: { critical: 0, high: 2, medium: 1, low: 0 }, oldestMs: 50 };
    const busy = { ...emptyRollup(), depth: { critical: 3, high: 0, medium: 1, low: 9 }, oldestMs: 10 };
    expect(mergeRollups(quiet, busy)).toMatchObject({ depth: { critical: 3, high: 2, medium: 1, low: 9 }, oldestMs: 50 });
  });

  it("become figures", () => {
    const figures = figuresOf(totalOf([rollupOf(sample()), rollupOf(sample({ outcome: "retry", apiCalls: 1, callMs: 200, changes: 0 }))]));
    expect(figures).toMatchObject({ turns: 2, errors: 1, errorRate: 0.5, changes: 2, apiCalls: 4, callMs: 200 });
    expect(figures.latencyP50).toBeGreaterThan(800);
    expect(figures.latencyP50).toBeLessThan(1_200);
    expect(figuresOf(emptyRollup())).toMatchObject({ errorRate: null, callMs: null, latencyP95: null });
  });

  it("tell the share of polling among what is polled or announced", () => {
    const of = (...syncTypes: Sample["syncType"][]) => pollingShare(totalOf(syncTypes.map((syncType) => rollupOf(sample({ syncType })))));
    expect(of("polling", "webhook", "webhook", "webhook", "full", "list", null)).toBe(0.25);
    expect(of("full", "list")).toBeNull();
  });
});
