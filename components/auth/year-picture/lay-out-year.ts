import type { CalendarColor } from "@/components/calendar/color/calendar-colors";
import type { PictureEvent } from "./picture-events";

export const LANES = 4;

/** One bar of a month's row; `column` is counted over 37 columns that begin with a Monday. */
export interface PictureBar {
  column: number;
  days: number;
  lane: number;
  color: CalendarColor;
}

export interface PictureMonth {
  /** Columns before the first of the month: its weekday, Monday = 0. */
  offset: number;
  days: number;
  bars: PictureBar[];
}

function utcDay(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month, day));
}

/** The weekday of a date, Monday = 0. */
function weekday(date: Date): number {
  return (date.getUTCDay() + 6) % 7;
}

/** The weekday of 1 January, Monday = 0. */
export function firstWeekday(year: number): number {
  return weekday(utcDay(year, 0, 1));
}

/** Cuts events at the months' edges and puts each into the first free of four lanes; longer ones choose first. */
export function layOutYear(year: number, events: readonly PictureEvent[]): PictureMonth[] {
  const longestFirst = [...events].sort((one, other) => other.days - one.days || one.from - other.from);
  return Array.from({ length: 12 }, (_, month) => {
    const first = utcDay(year, month, 1);
    const start = (first.getTime() - utcDay(year, 0, 1).getTime()) / 86_400_000;
    const days = utcDay(year, month + 1, 0).getUTCDate();
    const offset = weekday(first);
    const taken = Array.from({ length: LANES }, () => new Set<number>());
    const bars = longestFirst.flatMap((event): PictureBar[] => {
      const from = Math.max(0, event.from - start);
      const to = Math.min(days, event.from + event.days - start);
      const span = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
      const lane = span.length === 0 ? -1 : taken.findIndex((lane) => span.every((day) => !lane.has(day)));
      if (lane === -1) return [];
      for (const day of span) taken[lane]?.add(day);
      return [{ column: offset + from, days: span.length, lane, color: event.color }];
    });
    return { offset, days, bars };
  });
}
