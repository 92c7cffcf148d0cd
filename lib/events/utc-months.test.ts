import { describe, expect, it } from "vitest";
import { monthReach, startOfUtcMonth } from "./utc-months";

const reachOf = (start: string, end: string) => monthReach(Date.parse(start), Date.parse(end));

describe("startOfUtcMonth", () => {
  it("is the first instant of the month, also across a year", () => {
    expect(startOfUtcMonth(Date.parse("2026-12-31T23:59:59.999Z"))).toBe(Date.parse("2026-12-01T00:00:00Z"));
    expect(startOfUtcMonth(Date.parse("2026-12-01T00:00:00Z"), 1)).toBe(Date.parse("2027-01-01T00:00:00Z"));
  });
});

describe("monthReach", () => {
  it.each([
    ["2026-06-01T00:00Z", "2026-07-01T00:00Z", undefined],
    ["2026-06-30T23:00Z", "2026-07-01T00:00Z", undefined],
    ["2026-07-01T00:00Z", "2026-07-01T00:00Z", undefined],
    ["2026-06-30T23:00Z", "2026-07-01T00:00:00.001Z", "nextMonth"],
    ["2026-06-01T00:00Z", "2026-08-01T00:00Z", "nextMonth"],
    ["2026-12-31T23:00Z", "2027-01-02T00:00Z", "nextMonth"],
    ["2026-06-30T23:00Z", "2026-08-01T00:00:00.001Z", "laterMonths"],
    ["2026-02-10T00:00Z", "2029-08-20T00:00Z", "laterMonths"],
  ])("of %s to %s is %s", (start, end, reach) => {
    expect(reachOf(start, end)).toBe(reach);
  });
});
