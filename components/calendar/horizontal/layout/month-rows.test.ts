import { describe, expect, it } from "vitest";
import { yearShapes } from "./month-shape";
import { monthRows } from "./month-rows";
import { anEvent } from "./testing";

const SHAPES = yearShapes(2026, 1);

function keys(...events: ReturnType<typeof anEvent>[]): string[][] {
  return monthRows(events, SHAPES).map((row) => row.map(({ event }) => event.occurrenceKey));
}

describe("monthRows", () => {
  it("puts an event into every month it touches", () => {
    const rows = keys(anEvent("summer", "2026-06-15", "2026-08-17"));
    expect(rows.flatMap((row, month) => (row.length > 0 ? [month] : []))).toEqual([5, 6, 7]);
  });

  it("keeps what begins before the year or ends after it, and drops the years around it", () => {
    const rows = keys(
      anEvent("christmas", "2025-12-20", "2026-01-06"),
      anEvent("eve", "2026-12-31", "2027-01-02"),
      anEvent("before", "2025-12-31"),
      anEvent("after", "2027-01-01"),
    );
    expect(rows[0]).toEqual(["christmas"]);
    expect(rows[11]).toEqual(["eve"]);
    expect(rows.flat()).toHaveLength(2);
  });

  it("orders longer before shorter, then earlier before later, whatever the order they came in", () => {
    const events = [anEvent("b", "2026-03-02"), anEvent("long", "2026-03-10", "2026-03-14"), anEvent("a", "2026-03-02"), anEvent("early", "2026-03-01")];
    const expected = ["long", "early", "a", "b"];
    expect(keys(...events)[2]).toEqual(expected);
    expect(keys(...events.reverse())[2]).toEqual(expected);
  });
});
