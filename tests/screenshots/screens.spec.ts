import { tryToConnect } from "../e2e/connecting";
import { expect, test } from "../e2e/fixtures";
import { familyYear } from "../support/calendars/family-year";
import { today } from "../support/today";
import { camera } from "./camera";


test("every screen", async ({ page, radicale }, { project }) => {
  const { go, shoot } = camera(page, project.name);

  await go("sign-in", "/sign-in", page.getByRole("button", { name: "Sign in" }));
  await page.getByLabel("E-mail").fill("nora@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await shoot("sign-in-refused", page.getByText("Not signed in"));
  await go("sign-up", "/sign-up", page.getByRole("button", { name: "Create account" }));
  await page.getByLabel("Name").fill("Nora Lindgren");
  await page.getByLabel("E-mail").fill(`nora-${project.name}-${Date.now()}@example.com`);
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(/calendar/);
  await shoot("calendar-empty", page.getByText("No calendar here yet"));
  await go("connections-empty", "/connections", page.getByText("Nothing is connected yet"));
  await go("connect", "/connections?connect=true", page.getByLabel("Server address"));
  await tryToConnect(page, { serverUrl: radicale.url, user: radicale.user, password: "wrong" });
  await shoot("connect-refused", page.getByText(/does not accept this user name and password/));

  const calendars = familyYear(today);
  radicale.store(calendars);
  radicale.plant("running", "broken.ics", "this is no calendar");
  await tryToConnect(page, { serverUrl: radicale.url, ...radicale });
  await shoot("connections-failing", page.getByText(/cannot list this calendar/));
  radicale.unplant("running", "broken.ics");
  await page.getByRole("button", { name: /Sync now/ }).first().click();
  const events = calendars.reduce((sum, { objects }) => sum + objects.length, 0);
  await expect(page.getByText(/cannot list this calendar/)).toHaveCount(0, { timeout: 60_000 });
  await shoot("connections", page.getByText(`${events} events`).or(page.getByText("3 of 3 calendars in step")));

  for (const view of ["year", "month", "week", "day", "list"]) {
    await go(view, `/calendar?view=${view}`, page.getByRole("main").getByText(/Client review|Atlas/));
  }
  await page.getByRole("main").getByText("Client review").first().click();
  await shoot("event", page.getByText("Room 4"));
});
