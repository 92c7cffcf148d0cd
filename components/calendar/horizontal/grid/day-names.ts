import { clip } from "../layout/lanes";
import type { MonthShape } from "../layout/month-shape";
import { DAY_MS } from "../layout/epoch-day";
import { titleOf } from "../layout/row-layout";
import { byTime, type YearEvent } from "../layout/year-event";

/** Titles that a day's name holds; more would not be listened to. */
const TITLES = 6;

function join(titles: readonly string[]): string {
  const hidden = titles.length - TITLES;
  return hidden > 0 ? `${titles.slice(0, TITLES).join("; ")}; and ${hidden} more` : titles.join("; ");
}

/** What a screen reader says of each day of a month: the date and what is on it. */
export function dayNames(events: readonly YearEvent[], shape: MonthShape, locale: string): string[] {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  const titles = Array.from({ length: shape.days }, (): string[] => []);
  for (const event of [...events].sort(byTime)) {
    const { from, to } = clip(event, shape);
    for (let day = from; day <= to; day++) titles[day - 1]?.push(titleOf(event));
  }
  return titles.map((ofDay, index) => {
    const name = date.format((shape.first + index) * DAY_MS);
    return ofDay.length === 0 ? name : `${name}: ${join(ofDay)}`;
  });
}
