import { addDays, addMonths, type PlainDate, startOfMonth, startOfWeek } from "@/components/calendar/dates/plain-date";
import type { DateRange } from "@/components/calendar/dates/visible-range";

export interface MiniDay {
  date: PlainDate;
  /** Belongs to the month before or after. */
  isOutside: boolean;
  isToday: boolean;
  /** Is visible in the calendar. */
  isInRange: boolean;
}

/** Six weeks around a month, always: the rail below never moves. */
export function miniMonthWeeks(
  month: PlainDate,
  { firstDay, today, range }: { firstDay: number; today: PlainDate; range: DateRange | null },
): MiniDay[][] {
  const first = startOfMonth(month);
  const start = startOfWeek(first, firstDay);
  const next = addMonths(first, 1);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => {
      const date = addDays(start, week * 7 + day);
      return {
        date,
        isOutside: date < first || date >= next,
        isToday: date === today,
        isInRange: range !== null && date >= range.start && date < range.end,
      };
    }),
  );
}

/** Where an arrow key (or Home, End, PageUp, PageDown) leads from a day; null for other keys. */
export function dayByKey(key: string, date: PlainDate, firstDay: number): PlainDate | null {
  switch (key) {
    case "ArrowLeft":
      return addDays(date, -1);
    case "ArrowRight":
      return addDays(date, 1);
    case "ArrowUp":
      return addDays(date, -7);
    case "ArrowDown":
      return addDays(date, 7);
    case "Home":
      return startOfWeek(date, firstDay);
    case "End":
      return addDays(startOfWeek(date, firstDay), 6);
    case "PageUp":
      return addMonths(date, -1);
    case "PageDown":
      return addMonths(date, 1);
    default:
      return null;
  }
}
