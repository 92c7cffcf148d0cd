import { clockRange, clockTime } from "@/components/time/clock";
import { DAY_MS, type EpochDay } from "../layout/epoch-day";
import type { YearEvent } from "../layout/year-event";

/** `Thursday 11 June 2026`. */
export function longDate(day: EpochDay, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(day * DAY_MS);
}

/** When within one of its days an event is: `All day`, `Day 2 of 5`, `9:00–10:30`. */
export function timeOnDay({ event, first, last }: YearEvent, day: EpochDay, locale: string): string {
  if (first < last) return `Day ${day - first + 1} of ${last - first + 1}`;
  if (event.kind === "date") return "All day";
  // A floating time is written down as if it were UTC.
  const wall = { locale, timeZone: event.kind === "floating" ? "UTC" : undefined };
  return event.endAt > event.startAt ? clockRange(event.startAt, event.endAt, wall) : clockTime(event.startAt, wall);
}
