import { DAY_MS, type EpochDay } from "../layout/epoch-day";
import type { YearEvent } from "../layout/year-event";

function format(day: EpochDay, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(day * DAY_MS);
}

/** The days of an event below the name of its month: `Today`, `Fri 12`, `13–17`, `30–2 Aug`, `28 May–3`. */
export function lineDate({ first, last }: YearEvent, month: { first: EpochDay; days: number }, today: EpochDay, locale: string): string {
  if (first === last) {
    return first === today ? "Today" : `${format(first, locale, { weekday: "short" })} ${format(first, "en", { day: "numeric" })}`;
  }
  const edge = (day: EpochDay) =>
    day < month.first || day >= month.first + month.days ? format(day, locale, { day: "numeric", month: "short" }) : format(day, "en", { day: "numeric" });
  return `${edge(first)}–${edge(last)}`;
}
