import type { CalendarView } from "../views";
import { addDays, type PlainDate, toUtc } from "./plain-date";
import type { DateRange } from "./visible-range";

/** The heading of what is visible: `2026`, `June 2026`, `8–14 June 2026`, `Thursday 11 June 2026`. Short leaves out the year. */
export function rangeTitle(
  view: CalendarView,
  date: PlainDate,
  range: DateRange,
  { locale, short }: { locale: string; short: boolean },
): string {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const month = short ? "short" : "long";
  const year = short ? undefined : "numeric";
  if (view === "year") return date.slice(0, 4);
  if (view === "month") return format({ month: "long", year: "numeric" }).format(toUtc(date));
  if (view === "day") return format({ weekday: month, day: "numeric", month, year }).format(toUtc(date));
  return format({ day: "numeric", month, year }).formatRange(toUtc(range.start), toUtc(addDays(range.end, -1)));
}
