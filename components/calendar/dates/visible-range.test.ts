import { describe, expect, it } from "vitest";
import { stepDate, visibleRange } from "./visible-range";

const WIDE = { firstDay: 1, narrow: false };

describe("visibleRange", () => {
  it("shows a year from its first day to its last", () => {
    expect(visibleRange("year", "2024-02-29", WIDE)).toEqual({ start: "2024-01-01", end: "2025-01-01" });
    expect(stepDate("year", "2024-02-29", 1, false)).toBe("2025-02-28");
  });

  it("pads a month to whole weeks of the viewer", () => {
    expect(visibleRange("month", "2026-06-11", WIDE)).toEqual({ start: "2026-06-01", end: "2026-07-06" });
    expect(visibleRange("month", "2026-06-11", { firstDay: 0, narrow: false })).toEqual({ start: "2026-05-31", end: "2026-07-05" });
    expect(visibleRange("month", "2027-02-28", WIDE)).toEqual({ start: "2027-02-01", end: "2027-03-01" });
  });

  it("shows the week of the date, and on a narrow screen three days from it", () => {
    expect(visibleRange("week", "2026-06-14", WIDE)).toEqual({ start: "2026-06-08", end: "2026-06-15" });
    expect(visibleRange("week", "2026-06-14", { firstDay: 1, narrow: true })).toEqual({ start: "2026-06-14", end: "2026-06-17" });
  });
});

describe("stepDate", () => {
  it("moves by what is visible", () => {
    expect(stepDate("month", "2026-01-31", 1, false)).toBe("2026-02-28");
    expect(stepDate("week", "2026-06-11", -1, false)).toBe("2026-06-04");
    expect(stepDate("week", "2026-06-11", 1, true)).toBe("2026-06-14");
    expect(stepDate("day", "2026-12-31", 1, false)).toBe("2027-01-01");
  });

  it("leaves no day of the list out and shows none twice", () => {
    const { end } = visibleRange("list", "2026-06-11", WIDE);
    expect(stepDate("list", "2026-06-11", 1, false)).toBe(end);
  });
});
