import { describe, expect, it } from "vitest";
import type { CalendarEvent } from "../../calendar-event";
import { isRoutine, routineSeries } from "./routine";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.UTC(2026, 0, 5, 9);

function series(id: string, everyDays: number, count: number, { hours = 1, recurring = true, skip = [] as number[] } = {}) {
  return Array.from({ length: count }, (_, index) => BEGIN + index * everyDays * DAY)
    .filter((_, index) => !skip.includes(index))
    .map((startAt) => ({ eventId: id as CalendarEvent["eventId"], recurring, startAt, endAt: startAt + hours * HOUR }));
}

function found(...events: ReturnType<typeof series>[]): string[] {
  return [...routineSeries(events.flat())];
}

describe("routineSeries", () => {
  it("finds what comes at least weekly and is short", () => {
    expect(found(series("daily", 1, 200), series("weekly", 7, 50), series("fortnightly", 14, 26), series("monthly", 28, 12))).toEqual(["daily", "weekly"]);
  });

  it("counts two hours as long, a minute less as short", () => {
    expect(found(series("long", 7, 50, { hours: 2 }), series("short", 7, 50, { hours: 119 / 60 }))).toEqual(["short"]);
  });

  it("is not misled by weeks that were skipped", () => {
    expect(found(series("weekly", 7, 40, { skip: [5, 6, 20, 21, 22, 23, 30] }))).toEqual(["weekly"]);
  });

  it("does not take a few occurrences, or events that do not repeat, for a rhythm", () => {
    expect(found(series("few", 1, 3), series("single", 1, 20, { recurring: false }))).toEqual([]);
  });

  it("does not depend on the order of the occurrences", () => {
    expect(found(series("weekly", 7, 30).reverse())).toEqual(["weekly"]);
  });
});

describe("isRoutine", () => {
  it("leaves a long occurrence of a short series in the picture", () => {
    const weekly = series("weekly", 7, 30);
    const known = routineSeries(weekly);
    const [first] = weekly;
    expect(first && isRoutine(first, known)).toBe(true);
    expect(first && isRoutine({ ...first, endAt: first.startAt + 4 * HOUR }, known)).toBe(false);
  });
});
