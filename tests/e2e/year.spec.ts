import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { makeCalendars } from "../support/calendars/calendars";
import { today } from "../support/today";
import { connect } from "./connecting";
import { expect, test } from "./fixtures";
import { dayOf, listDays, shownInList } from "./list";

const year = Number(today.slice(0, 4));
const count = (titles: number, day: string) => `${day} ${titles}`;

/** How many events the year view has on each of its days, as `day count`, whether or not there is room to draw them. */
async function countsInYear(page: Page): Promise<string[]> {
  const cells = page.getByRole("grid", { name: /twelve months/ }).getByRole("gridcell");
  const names = await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-label") ?? ""));
  return names.map((name) => {
    const [, date = name, titles = ""] = /(\d+ \w+ \d{4})(?:: (.*))?$/s.exec(name) ?? [];
    const [shown = titles, more = "0"] = titles.split(/; and (\d+) more$/);
    return count((shown === "" ? 0 : shown.split("; ").length) + Number(more), new Date(`${date} 12:00 UTC`).toISOString().slice(0, 10));
  });
}

/** The same of the list view, which FullCalendar draws. */
async function countsInList(page: Page, days: readonly string[]): Promise<string[]> {
  const shown = await shownInList(page);
  return days.map((day) => count(shown.filter((line) => line.startsWith(day)).length, day));
}

test("a year of more than 2,000 events has on every day what FullCalendar has there", async ({ workspace: page, radicale }) => {
  test.slow();
  const calendars = makeCalendars({ objects: 320, around: `${year}-06-01`, malformed: false });
  const starts = calendars.flatMap(({ expected }) => expected.map(({ start }) => dayOf(start)));
  const total = starts.filter((day) => day.startsWith(String(year))).length;
  expect(total).toBeGreaterThan(2_000);
  radicale.store(calendars);
  await connect(page, radicale, 3 * 320);
  await page.goto(`/calendar?date=${year}-06-01`);
  await page.getByRole("button", { name: /routine/ }).click();
  await expect(page.getByText(`${total.toLocaleString("en-GB")} events`)).toBeVisible();
  const inYear = await countsInYear(page);
  expect(inYear).toHaveLength(Temporal.PlainDate.from({ year, month: 1, day: 1 }).daysInYear);
  for (let from = 0; from < inYear.length; from += listDays) {
    const expected = inYear.slice(from, from + listDays);
    const days = expected.map((line) => line.slice(0, 10));
    await page.goto(`/calendar?view=list&date=${days[0]}`);
    await expect.poll(() => countsInList(page, days)).toEqual(expected);
  }
});
