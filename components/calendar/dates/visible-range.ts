import type { CalendarView } from "../views";
import { addDays, addMonths, type PlainDate, startOfMonth, startOfWeek } from "./plain-date";

/** Whole days on the viewer's wall; `end` is exclusive. */
export interface DateRange {
  start: PlainDate;
  end: PlainDate;
}

/** Days in a week on a narrow screen: three are readable where seven are not. */
export const NARROW_WEEK_DAYS = 3;

/** Days in the list. */
export const LIST_DAYS = 28;

interface Layout {
  /** 0 = Sunday. */
  firstDay: number;
  /** A narrow screen shows three days as its week, from the date on. */
  narrow: boolean;
}

/** The days a view shows around a date. A month is padded to whole weeks. */
export function visibleRange(view: CalendarView, date: PlainDate, { firstDay, narrow }: Layout): DateRange {
  switch (view) {
    case "year": {
      const start = `${date.slice(0, 4)}-01-01`;
      return { start, end: addMonths(start, 12) };
    }
    case "month": {
      const lastDay = addDays(addMonths(startOfMonth(date), 1), -1);
      return { start: startOfWeek(startOfMonth(date), firstDay), end: addDays(startOfWeek(lastDay, firstDay), 7) };
    }
    case "week": {
      if (narrow) return { start: date, end: addDays(date, NARROW_WEEK_DAYS) };
      const start = startOfWeek(date, firstDay);
      return { start, end: addDays(start, 7) };
    }
    case "day":
      return { start: date, end: addDays(date, 1) };
    case "list":
      return { start: date, end: addDays(date, LIST_DAYS) };
  }
}

/** The date that the next (`1`) or the previous (`-1`) page of a view stands on. */
export function stepDate(view: CalendarView, date: PlainDate, direction: 1 | -1, narrow: boolean): PlainDate {
  switch (view) {
    case "year":
      return addMonths(date, direction * 12);
    case "month":
      return addMonths(date, direction);
    case "week":
      return addDays(date, direction * (narrow ? NARROW_WEEK_DAYS : 7));
    case "day":
      return addDays(date, direction);
    case "list":
      return addDays(date, direction * LIST_DAYS);
  }
}
