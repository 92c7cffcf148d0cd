import { makeCalendars } from "../support/calendars/calendars";
import { today } from "../support/today";
import { expectAccessible } from "./accessible";
import { connect } from "./connecting";
import { expect, test } from "./fixtures";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`the doors can be used by everybody (${colorScheme}) @phone`, async ({ page }) => {
      for (const path of ["/sign-in", "/sign-up"]) {
        await page.goto(path);
        await expect(page.getByRole("button", { name: /Sign in|Create account/ })).toBeVisible();
        await expectAccessible(page, path);
      }
    });

    test(`every view and the connections can be used by everybody (${colorScheme}) @phone`, async ({ workspace: page, radicale }) => {
      test.slow();
      await page.goto("/connections");
      await expect(page.getByText("Nothing is connected yet")).toBeVisible();
      await expectAccessible(page, "no connection");
      radicale.store(makeCalendars({ objects: 40, around: today }));
      await connect(page, radicale, 120);
      await expect(page.getByText(/Connected, 3 calendars/)).toHaveCount(0, { timeout: 15_000 });
      await expectAccessible(page, "connections");
      await page.goto("/connections?connect=true");
      await expect(page.getByLabel("Server address")).toBeVisible();
      await expectAccessible(page, "the connection form");
      for (const view of ["year", "month", "week", "day", "list"]) {
        await page.goto(`/calendar?view=${view}`);
        await expect(page.getByText("#").first()).toBeVisible();
        await expectAccessible(page, view);
      }
      await page.getByText("#").first().click();
      await expect(page.getByText("Account", { exact: true })).toBeVisible();
      await expectAccessible(page, "a selected event of the list");
    });
  });
}

test("the theme follows the system until one is chosen, and is kept from the first paint on", async ({ page, nora }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/calendar");
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();

  await page.getByRole("button", { name: `Account of ${nora.name}` }).click();
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  await expect.poll(ground).toBe(light);
  await page.reload({ waitUntil: "commit" });
  await page.waitForFunction(() => document.body !== null);
  expect(await ground()).toBe(light);
  expect(dark).not.toBe(light);
});
