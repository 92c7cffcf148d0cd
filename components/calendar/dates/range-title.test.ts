import { describe, expect, it } from "vitest";
import { rangeTitle } from "./range-title";

const WEEK = { start: "2026-06-08", end: "2026-06-15" };
const plain = (text: string) => text.replaceAll(/[\u2009\u202f\u00a0]/g, " ");

describe("rangeTitle", () => {
  it("names the last visible day, not the exclusive end", () => {
    expect(plain(rangeTitle("week", "2026-06-11", WEEK, { locale: "en-GB", short: false })).replaceAll(" ", "")).toBe("8–14June2026");
  });

  it("names both months of a week between two", () => {
    const title = rangeTitle("week", "2026-06-30", { start: "2026-06-29", end: "2026-07-06" }, { locale: "en-US", short: true });
    expect(title).toContain("Jun");
    expect(title).toContain("Jul");
  });

  it("is the year alone of a year", () => {
    expect(rangeTitle("year", "2026-06-11", { start: "2026-01-01", end: "2027-01-01" }, { locale: "en-GB", short: false })).toBe("2026");
  });

  it("names the month of the date, not of the padding before it", () => {
    expect(rangeTitle("month", "2026-06-11", { start: "2026-05-31", end: "2026-07-05" }, { locale: "en-GB", short: false })).toBe("June 2026");
  });
});
