import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../dates/plain-date";
import { fromEpochDay } from "./epoch-day";
import { LANES } from "./lanes";
import { monthRows } from "./month-rows";
import { monthShape, YEAR_COLUMNS } from "./month-shape";
import { layOutRow } from "./row-layout";
import { anEvent } from "./testing";

/** Six pixels a letter, twenty a day. */
const ROOM = { day: 20, widthOf: (text: string) => text.length * 6 };

function layOut(year: number, month: number, events: ReturnType<typeof anEvent>[]) {
  const shape = monthShape(year, month, 1);
  return layOutRow(monthRows(events, [shape])[0] ?? [], shape, ROOM);
}

function june(...events: ReturnType<typeof anEvent>[]) {
  return layOut(2026, 5, events);
}

describe("layOutRow", () => {
  it("cuts an event at the edges of the month and says on which side it goes on", () => {
    const summer = anEvent("Summer", "2026-06-15", "2026-08-17");
    expect(june(summer).bars).toMatchObject([{ column: 14, days: 16, lane: 0, starts: true, ends: false }]);
    expect(layOut(2026, 6, [summer]).bars).toMatchObject([{ column: 2, days: 31, starts: false, ends: false }]);
    expect(layOut(2026, 7, [summer]).bars).toMatchObject([{ column: 5, days: 17, starts: false, ends: true }]);
  });

  it("puts the longer event above the shorter one", () => {
    const { bars } = june(anEvent("short", "2026-06-09"), anEvent("long", "2026-06-08", "2026-06-12"));
    expect(bars.map(({ item, lane }) => [item.event.title, lane])).toEqual([["long", 0], ["short", 1]]);
  });

  it("chooses a lane where a label has room over one where it would be cut", () => {
    const { bars } = june(anEvent("Trip", "2026-06-08", "2026-06-12"), anEvent("A label of some length", "2026-06-06"));
    expect(bars.find(({ item }) => item.event.title !== "Trip")).toMatchObject({ lane: 1, label: "A label of some length", spills: true });
  });

  it("lets a label run over the empty ground after the month, and no farther", () => {
    const last = (title: string) => june(anEvent(title, "2026-06-30")).bars[0]?.label;
    expect(last("Eight days of room")).toBe("Eight days of room");
    expect(last("A title that is longer than all the room")).toBe("A title that is longer");
  });

  it("gives the last lane of a day with five events to the rest", () => {
    const { bars, more } = june(...["a", "b", "c", "d", "e"].map((key) => anEvent(key, "2026-06-11")));
    expect(bars.map(({ lane }) => lane)).toEqual([0, 1, 2]);
    expect(more).toEqual([{ day: 11, lane: 3, count: 2 }]);
  });

  it("shows four events as they are", () => {
    const { bars, more } = june(...["a", "b", "c", "d"].map((key) => anEvent(key, "2026-06-11")));
    expect(bars).toHaveLength(4);
    expect(more).toEqual([]);
  });

  it("opens a gap in a long bar where all lanes hold one", () => {
    const long = ["a", "b", "c", "d"].map((key) => anEvent(key, "2026-06-08", "2026-06-12"));
    const { bars, more } = june(...long, anEvent("e", "2026-06-10"));
    expect(more).toEqual([{ day: 10, lane: 3, count: 2 }]);
    expect(bars.filter(({ lane }) => lane === 3)).toMatchObject([
      { from: 8, to: 9, starts: true, ends: false },
      { from: 11, to: 12, starts: false, ends: true },
    ]);
  });

  it("is the same in whatever order events come", () => {
    const events = Array.from({ length: 40 }, (_, index) => anEvent(`e${index}`, addDays("2026-06-01", (index * 7) % 30), addDays("2026-06-01", ((index * 7) % 30) + (index % 3))));
    expect(june(...events.reverse())).toEqual(june(...events));
  });

  it("accounts for every event of every day, and lays nothing over anything", () => {
    const event = fc.record({ from: fc.integer({ min: -5, max: 33 }), length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })), title: fc.string({ maxLength: 24 }) });
    const month = fc.record({ year: fc.integer({ min: 1990, max: 2040 }), month: fc.integer({ min: 0, max: 11 }), firstDay: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), month, (drafts, { year, month, firstDay }) => {
        const shape = monthShape(year, month, firstDay);
        const day = (index: number) => fromEpochDay(shape.first + index - 1);
        const events = drafts.map(({ from, length, title }, index) => anEvent(`e${index}`, day(from), day(from + length - 1), { title }));
        const { bars, more } = layOutRow(monthRows(events, [shape])[0] ?? [], shape, ROOM);
        for (let at = 1; at <= shape.days; at++) {
          const lanes = [...bars.filter((bar) => bar.from <= at && bar.to >= at), ...more.filter((each) => each.day === at)].map(({ lane }) => lane);
          expect(new Set(lanes).size).toBe(lanes.length);
          expect(lanes.every((lane) => lane >= 0 && lane < LANES)).toBe(true);
          const hidden = more.find((each) => each.day === at)?.count ?? 0;
          const visible = lanes.length - (hidden > 0 ? 1 : 0);
          expect(visible + hidden).toBe(events.filter(({ first, last }) => first <= shape.first + at - 1 && last >= shape.first + at - 1).length);
        }
        for (const bar of bars) {
          const end = bar.column + Math.max(bar.days, ROOM.widthOf(bar.label) / ROOM.day);
          expect(end).toBeLessThanOrEqual(YEAR_COLUMNS);
          const next = [...bars, ...more.map((each) => ({ ...each, column: shape.offset + each.day - 1 }))].filter((other) => other.lane === bar.lane && other.column > bar.column);
          expect(next.every((other) => other.column >= end)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
