import { describe, expect, it } from "vitest";
import { tilesFor, utcMonths } from "./tile";

describe("utcMonths", () => {
  it("stays in one month in the middle of it", () => {
    expect(utcMonths({ start: "2026-06-08", end: "2026-06-15" })).toEqual(["2026-06"]);
  });

  it("asks for the month before when the first day begins earlier somewhere on earth", () => {
    expect(utcMonths({ start: "2026-06-01", end: "2026-06-08" })).toEqual(["2026-05", "2026-06"]);
  });

  it("asks for the month after when the last day ends later somewhere on earth", () => {
    expect(utcMonths({ start: "2026-06-24", end: "2026-07-01" })).toEqual(["2026-06", "2026-07"]);
  });

  it("crosses the year", () => {
    expect(utcMonths({ start: "2026-12-28", end: "2027-02-01" })).toEqual(["2026-12", "2027-01", "2027-02"]);
  });
});

describe("tilesFor", () => {
  it("has each calendar in each month, and nothing without calendars", () => {
    const range = { start: "2026-06-24", end: "2026-07-01" };
    expect(tilesFor(range, ["a", "b"])).toHaveLength(4);
    expect(tilesFor(range, [])).toEqual([]);
  });
});
