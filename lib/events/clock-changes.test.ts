import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { event, occurrencesOf, recurrence } from "./testing/events";
import { TWENTY_ZONES } from "./testing/zones";
import { transitionsOf } from "./time-zones/transitions";
import { localOf, wallMsOf } from "./time";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Every clock change of thirty years, in two of three cases with the day that it falls on. */
const changes = TWENTY_ZONES.map((timeZone) => ({ timeZone, transitions: transitionsOf(timeZone, Date.UTC(2000, 0, 1), Date.UTC(2030, 0, 1)) }));

function around(timeZone: string, wallStart: number, rule: string, days: number) {
  const start = `${localOf(wallStart)} @${timeZone}`;
  const window = { startAt: wallStart - 2 * DAY_MS, endAt: wallStart + (days + 2) * DAY_MS };
  return occurrencesOf(event(start, start, recurrence([rule])), [], window);
}

describe.each(changes)("the clock changes of $timeZone", ({ timeZone, transitions }) => {
  it("leave a daily event at its wall time, moved on by the gap where that time does not exist", () => {
    for (const { at, fromMs } of transitions) {
      for (const shift of [-HOUR_MS, 0, 15 * 60_000, 75 * 60_000]) {
        const wallStart = at + fromMs + shift - 2 * DAY_MS;
        const found = around(timeZone, wallStart, "FREQ=DAILY;COUNT=5", 5);
        const wanted = Array.from({ length: 5 }, (_, index) =>
          Temporal.PlainDateTime.from(localOf(wallStart + index * DAY_MS)).toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds,
        );
        // A day that is skipped as a whole falls together with the one after it.
        expect(found.map(({ startAt }) => startAt)).toEqual([...new Set(wanted)]);
      }
    }
  });

  it("do not disturb what repeats every hour", () => {
    for (const { at } of transitions) {
      const first = Temporal.Instant.fromEpochMilliseconds(at - 6 * HOUR_MS).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "second" });
      const found = around(timeZone, wallMsOf(first), "FREQ=HOURLY;COUNT=12", 1);
      expect(found).toHaveLength(12);
      const gaps = found.slice(1).map(({ startAt }, index) => startAt - (found[index]?.startAt ?? 0));
      expect(gaps.every((gap) => gap === HOUR_MS)).toBe(true);
      expect(new Set(found.map(({ recurrenceKey }) => recurrenceKey)).size).toBe(12);
    }
  });

  it("leave an all-day series on its dates", () => {
    for (const { at } of transitions.slice(0, 6)) {
      const day = localOf(at - DAY_MS).slice(0, 10);
      const next = localOf(at).slice(0, 10);
      const found = occurrencesOf(event(day, next, recurrence(["FREQ=DAILY;COUNT=4"])), [], { startAt: at - 5 * DAY_MS, endAt: at + 5 * DAY_MS }, { floatingTimeZone: timeZone });
      expect(found.map(({ start }) => start)).toEqual([-1, 0, 1, 2].map((shift) => ({ kind: "date", date: localOf(at + shift * DAY_MS).slice(0, 10) })));
    }
  });
});
