import type { Page } from "@playwright/test";
import type { Radicale, RadicaleCalendar } from "../support/radicale";
import { today } from "../support/today";
import { connect } from "./connecting";
import { expect, test } from "./fixtures";

const day = today.replaceAll("-", "");

const event = (uid: string, title: string, hour = "10") =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Another client//EN\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:${day}T${hour}0000\r\nDURATION:PT1H\r\nSUMMARY:${title}\r\nLOCATION:Room 4\r\nDESCRIPTION:Bring the plans\r\nATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:mailto:ana@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

const calendars: RadicaleCalendar[] = [
  { slug: "home", displayName: "Home", color: "#2f6f4f", objects: [{ name: "a.ics", ics: event("a", "Breakfast", "08") }] },
  { slug: "work", displayName: "Work", color: "#3457a6", objects: [{ name: "b.ics", ics: event("b", "Planning", "11") }] },
];

/** Asks for a sync in a window of its own and waits for its end. */
async function syncElsewhere(page: Page): Promise<void> {
  const other = await page.context().newPage();
  await other.goto("/connections");
  await other.getByRole("button", { name: "Sync now" }).click();
  await expect(other.getByRole("button", { name: "Sync now" })).toBeEnabled({ timeout: 30_000 });
  await other.close();
}

async function openDay(page: Page, radicale: Radicale): Promise<void> {
  radicale.store(calendars);
  await connect(page, radicale, 2);
  await page.goto("/calendar?view=day");
  await expect(page.getByText("Breakfast")).toBeVisible();
}

const titled = (page: Page, title: string) => page.getByRole("main").getByText(title, { exact: true });

test("what another client adds, changes and deletes shows without a reload", async ({ workspace: page, radicale }) => {
  await openDay(page, radicale);
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));

  await radicale.put("home", "c.ics", event("c", "Dinner", "18"));
  await syncElsewhere(page);
  await expect(titled(page, "Dinner")).toBeVisible();

  await radicale.put("home", "c.ics", event("c", "Late dinner", "20"));
  await syncElsewhere(page);
  await expect(titled(page, "Late dinner")).toBeVisible();
  await expect(titled(page, "Dinner")).toHaveCount(0);

  await radicale.delete("home", "c.ics");
  await syncElsewhere(page);
  await expect(titled(page, "Late dinner")).toHaveCount(0);
  await expect(titled(page, "Breakfast")).toBeVisible();
  expect(await page.evaluate(() => "neverReloaded" in window)).toBe(true);
});

test("a calendar can be hidden and shown, and stays as it was left", async ({ workspace: page, radicale }) => {
  await openDay(page, radicale);
  await page.getByRole("checkbox", { name: "Work" }).click();
  await expect(titled(page, "Planning")).toHaveCount(0);
  await expect(titled(page, "Breakfast")).toBeVisible();
  await page.reload();
  await expect(titled(page, "Breakfast")).toBeVisible();
  await expect(titled(page, "Planning")).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Work" }).click();
  await expect(titled(page, "Planning")).toBeVisible();
});

test("an event's details open and close @phone", async ({ workspace: page, radicale, isMobile }) => {
  await openDay(page, radicale);
  await titled(page, "Planning").click();
  const details = isMobile ? page.getByRole("dialog", { name: "Event" }) : page.getByRole("complementary", { name: "Event" });
  await expect(details.getByText("Room 4")).toBeVisible();
  await expect(details.getByText("Bring the plans")).toBeVisible();
  await expect(details.getByText("Ana", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(details).toHaveCount(0);
});

test("disconnecting takes a server's events away and asks first", async ({ workspace: page, radicale }) => {
  await openDay(page, radicale);
  await page.goto("/connections");
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByText("Nothing is connected yet")).toBeVisible({ timeout: 30_000 });
  await page.goto("/calendar?view=day");
  await expect(page.getByText("No calendar here yet")).toBeVisible();
});

test("what one person has, another does not see", async ({ workspace: page, radicale, browser }) => {
  await openDay(page, radicale);
  const context = await browser.newContext({ baseURL: process.env.LINEARTIME_E2E_URL ?? "" });
  const other = await context.newPage();
  await other.goto("/sign-up");
  await other.getByLabel("Name").fill("Bo");
  await other.getByLabel("E-mail").fill(`bo-${Date.now()}@example.com`);
  await other.getByLabel("Password").fill("another long password");
  await other.getByRole("button", { name: "Create account" }).click();
  await expect(other.getByText("No calendar here yet")).toBeVisible();
  await expect(other.getByText("Breakfast")).toHaveCount(0);
  await context.close();
});
