import { describe, expect, it } from "vitest";
import { addDays, addMonths, daysBetween, isoWeek, isPlainDate, startOfWeek, weekday } from "./plain-date";

describe("plain dates", () => {
  it("accepts only dates that exist", () => {
    expect(isPlainDate("2028-02-29")).toBe(true);
    expect(["2026-02-29", "2026-13-01", "2026-1-1", "today", ""].map(isPlainDate)).toEqual([false, false, false, false, false]);
  });

  it("counts across months, years and leap days", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
  });

  it("keeps the last day where a month is shorter", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
  });

  it("finds the start of the week for every first day", () => {
    expect(weekday("2026-06-11")).toBe(4);
    expect(startOfWeek("2026-06-11", 1)).toBe("2026-06-08");
    expect(startOfWeek("2026-06-14", 1)).toBe("2026-06-08");
    expect(startOfWeek("2026-06-11", 0)).toBe("2026-06-07");
    expect(startOfWeek("2026-06-11", 6)).toBe("2026-06-06");
  });

  it("numbers weeks by ISO 8601", () => {
    expect(["2026-06-11", "2026-01-01", "2027-01-01", "2024-12-30", "2026-12-31"].map(isoWeek)).toEqual([24, 1, 53, 1, 53]);
  });
});
