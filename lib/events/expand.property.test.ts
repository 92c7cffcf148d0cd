import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expand, type Occurrence } from "./expand";
import { localOf } from "./time";
import { event } from "./testing/events";
import type { EventSet, EventTime } from "./model";

const DAY = 86_400_000;
const BASE = Date.UTC(2026, 0, 1);

const rule = fc
  .record({
    freq: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"),
    interval: fc.integer({ min: 1, max: 5 }),
    end: fc.oneof(
      fc.constant(""),
      fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
      fc.integer({ min: 0, max: 400 }).map((day) => `;UNTIL=${localOf(BASE + day * DAY).replace(/[-:]/g, "")}Z`),
    ),
    byDay: fc.constantFrom("", ";BYDAY=MO,TH", ";BYDAY=SU"),
  })
  .map(({ freq, interval, end, byDay }) => `FREQ=${freq};INTERVAL=${freq === "HOURLY" ? interval + 7 : interval}${byDay}${end}`);

const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe");

/** A series that starts in 2026, of any kind, with rules, extra dates, holes and exceptions near its start. */
const eventSet: fc.Arbitrary<EventSet> = fc
  .record({
    kind: fc.constantFrom("date", "zoned", "floating"),
    zone,
    startHour: fc.integer({ min: 0, max: 24 * 300 }),
    hours: fc.integer({ min: 0, max: 80 }),
    rules: fc.array(rule, { minLength: 0, maxLength: 2 }),
    rdates: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 3 }),
    exdates: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
    exceptions: fc.array(
      fc.record({ day: fc.integer({ min: 0, max: 60 }), moveHours: fc.integer({ min: -500, max: 500 }), cancelled: fc.boolean(), range: fc.boolean() }),
      { maxLength: 3 },
    ),
  })
  .map((spec) => {
    const at = (ms: number): EventTime => {
      const local = localOf(ms);
      if (spec.kind === "date") return { kind: "date", date: local.slice(0, 10) };
      return spec.kind === "zoned" ? { kind: "zoned", local, timeZone: spec.zone } : { kind: "floating", local };
    };
    const startMs = BASE + spec.startHour * 3_600_000;
    const lengthMs = spec.kind === "date" ? (1 + (spec.hours % 5)) * DAY : spec.hours * 3_600_000;
    const onDay = (day: number) => at(startMs + day * DAY);
    const base = event("2026-01-01", "2026-01-02");
    return {
      master: {
        ...base,
        start: at(startMs),
        end: at(startMs + lengthMs),
        recurrence: { rrules: spec.rules, rdates: spec.rdates.map((day) => ({ start: onDay(day), end: null })), exdates: spec.exdates.map(onDay) },
      },
      exceptions: spec.exceptions.map(({ day, moveHours, cancelled, range }) => ({
        ...base,
        recurrenceId: onDay(day),
        ...(range ? { recurrenceRange: "thisAndFuture" as const } : {}),
        start: at(startMs + day * DAY + moveHours * 3_600_000),
        end: at(startMs + day * DAY + moveHours * 3_600_000 + lengthMs),
        status: cancelled ? ("cancelled" as const) : ("confirmed" as const),
      })),
    };
  });

const span = fc
  .tuple(fc.integer({ min: -60, max: 700 }), fc.integer({ min: 1, max: 120 }))
  .map(([day, length]) => ({ startAt: BASE + day * DAY, endAt: BASE + (day + length) * DAY }));

const options = { floatingTimeZone: "America/New_York", limit: 100_000 };
const largeWindow = { startAt: BASE - 100 * DAY, endAt: BASE + 900 * DAY };
const overlaps = ({ startAt, endAt }: Occurrence, window: { startAt: number; endAt: number }) =>
  startAt < window.endAt && (endAt > window.startAt || (endAt === startAt && startAt >= window.startAt));

describe("expansion of any series", () => {
  it("of a window is what a larger window shows there", () => {
    fc.assert(
      fc.property(eventSet, span, (set, window) => {
        const large = expand(set, largeWindow, options).occurrences.filter((occurrence) => overlaps(occurrence, window));
        expect(expand(set, window, options).occurrences).toEqual(large);
      }),
      { numRuns: 300, seed: 20260301 },
    );
  });

  it("is ordered and names every occurrence once", () => {
    fc.assert(
      fc.property(eventSet, (set) => {
        const { occurrences } = expand(set, largeWindow, options);
        const keys = occurrences.map(({ recurrenceKey }) => recurrenceKey);
        expect(new Set(keys).size).toBe(keys.length);
        expect(occurrences.every(({ startAt, endAt }) => startAt <= endAt)).toBe(true);
        expect(occurrences.map(({ startAt }) => startAt)).toEqual(occurrences.map(({ startAt }) => startAt).sort((a, b) => a - b));
      }),
      { numRuns: 200, seed: 20260302 },
    );
  });

  it("cut at a limit is the beginning of the whole", () => {
    fc.assert(
      fc.property(eventSet, fc.integer({ min: 0, max: 30 }), (set, limit) => {
        const whole = expand(set, largeWindow, options).occurrences;
        const cut = expand(set, largeWindow, { ...options, limit });
        expect(cut.occurrences).toEqual(whole.slice(0, limit));
        expect(cut.truncated).toBe(whole.length > limit);
      }),
      { numRuns: 200, seed: 20260303 },
    );
  });
});
