import type { EpochDay } from "./epoch-day";
import { DAY_MS, fromEpochDay } from "./epoch-day";

/** Six weeks less the days that no month can reach: at most 6 days before the first, and 31 days. */
export const YEAR_COLUMNS = 37;

/** Where a month stands in its row of 37 weekday-aligned columns. */
export interface MonthShape {
  year: number;
  /** 0 = January. */
  month: number;
  /** Its first day. */
  first: EpochDay;
  /** 28 to 31. */
  days: number;
  /** Columns before the first: its weekday counted from the first day of the week. */
  offset: number;
}

/** The epoch day 4 January 1970, a Sunday. */
const A_SUNDAY = 3;

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: EpochDay): number {
  return (((day - A_SUNDAY) % 7) + 7) % 7;
}

/** A month of a year; months beyond December or before January belong to the years around it. */
export function monthShape(year: number, month: number, firstDay: number): MonthShape {
  const first = Date.UTC(year, month, 1) / DAY_MS;
  const days = Date.UTC(year, month + 1, 1) / DAY_MS - first;
  const date = new Date(first * DAY_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    first,
    days,
    offset: (weekdayOf(first) - firstDay + 7) % 7,
  };
}

/** The twelve rows of a year whose weeks begin on `firstDay` (0 = Sunday). */
export function yearShapes(year: number, firstDay: number): MonthShape[] {
  return Array.from({ length: 12 }, (_, month) => monthShape(year, month, firstDay));
}

/** The month that a day belongs to. */
export function monthShapeOf(day: EpochDay, firstDay: number): MonthShape {
  const [year = 0, month = 1] = fromEpochDay(day).split("-").map(Number);
  return monthShape(year, month - 1, firstDay);
}

/** The column of a day in the row of its month. */
export function columnOf(shape: MonthShape, day: EpochDay): number {
  return shape.offset + day - shape.first;
}
