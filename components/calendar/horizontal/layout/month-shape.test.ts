import { describe, expect, it } from "vitest";
import { fromEpochDay, toEpochDay } from "./epoch-day";
import { columnOf, monthShape, monthShapeOf, weekdayOf, YEAR_COLUMNS, yearShapes } from "./month-shape";

const FIRST_DAYS = [0, 1, 2, 3, 4, 5, 6];

describe("yearShapes", () => {
  it("begins each month under its weekday", () => {
    expect(yearShapes(2026, 1).map((shape) => shape.offset)).toEqual([3, 6, 6, 2, 4, 0, 2, 5, 1, 3, 6, 1]);
    expect(yearShapes(2026, 0).map((shape) => shape.offset)).toEqual([4, 0, 0, 3, 5, 1, 3, 6, 2, 4, 0, 2]);
  });

  it.each(FIRST_DAYS)("keeps one weekday to a column, and within 37, when weeks begin on day %i", (firstDay) => {
    for (let year = 1999; year <= 2028; year++) {
      for (const shape of yearShapes(year, firstDay)) {
        for (let day = shape.first; day < shape.first + shape.days; day++) {
          const column = columnOf(shape, day);
          expect((column + firstDay) % 7).toBe(weekdayOf(day));
          expect(column).toBeLessThan(YEAR_COLUMNS);
        }
      }
    }
  });

  it("needs all 37 columns for a long month that begins on the last day of the week", () => {
    const march = monthShape(2026, 2, 1);
    expect(columnOf(march, toEpochDay("2026-03-31"))).toBe(YEAR_COLUMNS - 1);
  });

  it("knows leap years", () => {
    const february = (year: number) => monthShape(year, 1, 1).days;
    expect([2023, 2024, 1900, 2000].map(february)).toEqual([28, 29, 28, 29]);
  });

  it("covers the year without a gap", () => {
    const shapes = yearShapes(2024, 1);
    expect(fromEpochDay(shapes[0]?.first ?? 0)).toBe("2024-01-01");
    expect(shapes.reduce((days, shape) => days + shape.days, 0)).toBe(366);
    for (const [index, shape] of shapes.entries()) {
      expect(shapes[index + 1]?.first ?? toEpochDay("2025-01-01")).toBe(shape.first + shape.days);
    }
  });
});

describe("monthShapeOf", () => {
  it("is the row that holds the day", () => {
    expect(monthShapeOf(toEpochDay("2024-02-29"), 1)).toEqual(monthShape(2024, 1, 1));
  });
});

describe("weekdayOf", () => {
  it("also counts before 1970", () => {
    expect(weekdayOf(toEpochDay("1969-12-28"))).toBe(0);
    expect(weekdayOf(toEpochDay("2026-06-11"))).toBe(4);
  });
});
