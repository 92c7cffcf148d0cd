import { describe, expect, it } from "vitest";
import { firstWeekday, LANES, layOutYear } from "./lay-out-year";
import { pictureEvents } from "./picture-events";

describe("layOutYear", () => {
  it("aligns each month to its weekday", () => {
    const months = layOutYear(2026, []);
    expect(months.map((month) => month.offset)).toEqual([3, 6, 6, 2, 4, 0, 2, 5, 1, 3, 6, 1]);
    expect(months[1]?.days).toBe(28);
  });

  it("cuts an event at the edge of a month and goes on in the next", () => {
    const months = layOutYear(2026, [{ from: 29, days: 4, color: "teal" }]);
    expect(months[0]?.bars).toEqual([{ column: 3 + 29, days: 2, lane: 0, color: "teal" }]);
    expect(months[1]?.bars).toEqual([{ column: 6, days: 2, lane: 0, color: "teal" }]);
  });

  it("never lets two bars share a place, and leaves out what finds none", () => {
    const months = layOutYear(2026, Array.from({ length: 6 }, () => ({ from: 3, days: 2, color: "pink" as const })));
    expect(months[0]?.bars.map((bar) => bar.lane)).toEqual([0, 1, 2, 3]);
    expect(LANES).toBe(4);
  });
});

describe("pictureEvents", () => {
  it("draws the same year twice", () => {
    expect(pictureEvents(firstWeekday(2026))).toEqual(pictureEvents(firstWeekday(2026)));
  });
});
