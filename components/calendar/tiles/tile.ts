import { type PlainDate, toUtc } from "../dates/plain-date";
import type { DateRange } from "../dates/visible-range";

/** What a view subscribes to: one calendar in one UTC month. */
export interface Tile<CalendarId extends string = string> {
  calendarId: CalendarId;
  /** `YYYY-MM`. */
  month: string;
}

/** Midnight on any wall on earth lies within this of midnight UTC. */
const PADDING_MS = 14 * 60 * 60 * 1000;

export function tileKey({ calendarId, month }: Tile): string {
  return `${calendarId} ${month}`;
}

/** The UTC months, as `YYYY-MM`, that a range of wall days can touch in any zone. */
export function utcMonths({ start, end }: DateRange): string[] {
  const first: PlainDate = new Date(toUtc(start) - PADDING_MS).toISOString().slice(0, 7);
  const last: PlainDate = new Date(toUtc(end) + PADDING_MS - 1).toISOString().slice(0, 7);
  const months: string[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

/** The tiles of a range: every calendar in every month that the range touches. */
export function tilesFor<CalendarId extends string>(range: DateRange, calendarIds: readonly CalendarId[]): Tile<CalendarId>[] {
  return utcMonths(range).flatMap((month) => calendarIds.map((calendarId) => ({ calendarId, month })));
}
