import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import type { MadeCalendar } from "../support/calendars/calendars";
import { zone } from "../support/today";

/** The days that the list view shows. */
export const listDays = 28;

/** `day title` of each event in the list view, in no particular order. */
export async function shownInList(page: Page): Promise<string[]> {
  return page.getByRole("main").getByRole("list").first().evaluate((list) => {
    const days = [...list.children];
    return days.flatMap((day) => {
      const label = day.getAttribute("aria-label") ?? document.getElementById(day.getAttribute("aria-labelledby") ?? "")?.textContent ?? "";
      const date = new Date(`${label} 12:00 UTC`).toISOString().slice(0, 10);
      return [...day.querySelectorAll(".lt-title")].map((title) => `${date} ${title.textContent}`);
    });
  });
}

/** `day title` of every occurrence that begins in the four weeks from `first`, as somebody in Berlin sees it. */
export function startsInList(calendars: readonly MadeCalendar[], first: string): string[] {
  const days = Array.from({ length: listDays }, (_, index) => Temporal.PlainDate.from(first).add({ days: index }).toString());
  return calendars
    .flatMap(({ expected }) => expected)
    .map(({ start, title }) => ({ day: dayOf(start), title }))
    .filter(({ day }) => days.includes(day))
    .map(({ day, title }) => `${day} ${title}`);
}

/** The day on which something begins, as somebody in Berlin sees it. */
export const dayOf = (start: string) =>
  start.endsWith("Z") ? Temporal.Instant.from(start).toZonedDateTimeISO(zone).toPlainDate().toString() : start.slice(0, 10);
