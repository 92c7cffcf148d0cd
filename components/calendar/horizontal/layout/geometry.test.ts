import { describe, expect, it } from "vitest";
import { WEEKDAYS_HEIGHT, YEAR_MARGIN, yearGeometry } from "./geometry";
import { YEAR_COLUMNS } from "./month-shape";

describe("yearGeometry", () => {
  it("fits twelve months of 37 days into a laptop's window, with the inspector and without", () => {
    expect(yearGeometry({ width: 1200, height: 852 })).toMatchObject({ day: 31, row: 69, lane: 12, bar: 11, font: 10 });
    expect(yearGeometry({ width: 880, height: 852 })).toMatchObject({ day: 22, row: 69 });
  });

  it("writes larger on a larger screen", () => {
    expect(yearGeometry({ width: 1680, height: 1032 })).toMatchObject({ day: 44, row: 84, lane: 16, font: 11 });
  });

  it("uses whole pixels and never more than there are", () => {
    for (let width = 760; width < 2000; width += 13) {
      for (let height = 720; height < 1400; height += 17) {
        const { day, row, lane, head, label } = yearGeometry({ width, height });
        expect(label + YEAR_COLUMNS * day + YEAR_MARGIN).toBe(width);
        expect(12 * row + WEEKDAYS_HEIGHT).toBeLessThanOrEqual(height);
        expect(head + 4 * lane).toBeLessThan(row);
        expect([day, row, lane].every(Number.isInteger)).toBe(true);
      }
    }
  });

  it("scrolls rather than shrinking to nothing", () => {
    expect(yearGeometry({ width: 640, height: 400 })).toMatchObject({ day: 18, row: 58 });
  });
});
