import type { EpochDay } from "../layout/epoch-day";
import type { MonthShape } from "../layout/month-shape";
import { byLength, byTime, touches, type YearEvent } from "../layout/year-event";

/** Lines of the month that holds today, and of every other month. */
export const LINES_NOW = 9;
export const LINES_ELSEWHERE = 3;

function byFirstDay(one: YearEvent, other: YearEvent): number {
  return one.first - other.first || byTime(one, other);
}

/** All of a month in its order. */
export function allOfMonth(events: readonly YearEvent[]): YearEvent[] {
  return [...events].sort(byFirstDay);
}

/**
 * What a month says in words before it is opened: the month of today what comes next, another
 * month its longest events or, where nothing is long, its first.
 */
export function monthLines(events: readonly YearEvent[], shape: MonthShape, today: EpochDay): YearEvent[] {
  const last = shape.first + shape.days - 1;
  if (today >= shape.first && today <= last) {
    return allOfMonth(events.filter((event) => event.last >= today)).slice(0, LINES_NOW);
  }
  const own = events.filter((event) => touches({ first: event.first, last: event.first }, shape.first, last));
  const long = own.filter((event) => event.last > event.first).sort(byLength);
  return (long.length > 0 ? long.slice(0, LINES_ELSEWHERE) : allOfMonth(own).slice(0, LINES_ELSEWHERE)).sort(byFirstDay);
}
