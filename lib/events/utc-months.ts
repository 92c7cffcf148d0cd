/*
 * Calendars are shown in UTC months. All instants here are epoch milliseconds; a span is half-open, and one without length
 * lies in the month of its start.
 */

/** The first instant of the UTC month that an instant lies in, or of the one so many months later. */
export function startOfUtcMonth(at: number, later = 0): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later);
}

/** How far a span reaches beyond the UTC month it starts in: into the next one, or further. */
export type MonthReach = "nextMonth" | "laterMonths";

/** Undefined for a span within one month. */
export function monthReach(startAt: number, endAt: number): MonthReach | undefined {
  if (endAt <= startOfUtcMonth(startAt, 1)) return undefined;
  return endAt <= startOfUtcMonth(startAt, 2) ? "nextMonth" : "laterMonths";
}
