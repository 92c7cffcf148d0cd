import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Opens the window in which accounts are connected, and goes to the consent page. */
async function toConsent(page: Page): Promise<void> {
  await page.goto("/connections?connect=true");
  await page.getByRole("link", { name: "Google Calendar" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to the stand-in for Google" })).toBeVisible();
}

test("a Google account is connected on the consent page, paused, resumed, read again and left", async ({ workspace: page }) => {
  await toConsent(page);
  const account = (await page.locator("label.account .secondary").first().innerText()).trim();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText("Google Calendar is connected")).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/connections");
  const card = page.getByRole("article", { name: account });
  await expect(card.getByText(/^Google Calendar, /)).toBeVisible();
  await card.getByRole("button", { name: "Pause" }).click();
  await expect(card.getByText("Paused", { exact: true }).first()).toBeVisible();
  await card.getByRole("button", { name: "Resume" }).click();
  await expect(card.getByText("Paused", { exact: true })).toHaveCount(0);
  await card.getByRole("button", { name: `More for ${account}` }).first().click();
  await page.getByRole("menuitem", { name: "Read everything again" }).click();
  await expect(page.getByText(`${account} is read again from the beginning.`)).toBeVisible();
  await card.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("dialog").or(page.getByRole("alertdialog")).getByRole("button", { name: "Disconnect" }).click();
  await expect(card).toHaveCount(0, { timeout: 30_000 });
});

test("whoever denies access is told that nothing was connected", async ({ workspace: page }) => {
  await toConsent(page);
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText("Access was not allowed")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("Access was not allowed")).toHaveCount(0);
  await expect(page.getByText("Nothing is connected yet")).toBeVisible();
});

test("whoever leaves a box empty is told which permission is missing", async ({ workspace: page }) => {
  await toConsent(page);
  await page.getByRole("checkbox").first().uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText("A permission is missing")).toBeVisible();
});

test("an address that nobody was sent to ends on the page of connections, and never on an error page", async ({ workspace: page }) => {
  const long = "x".repeat(5_000);
  for (const query of ["", "?state=x", "?code=x", "?state=made-up&code=4/0A", "?error=access_denied&state=made-up", `?state=${long}&code=y`, "?state=a&state=b&code=c"]) {
    await page.goto(`/api/oauth/google/callback${query}`);
    expect(new URL(page.url()).pathname).toBe("/connections");
    await expect(page.getByText("This sign-in was over already")).toBeVisible();
  }
  await page.goto("/api/oauth/google/authorize?connection=nothing&return=/../../etc");
  await expect(page.getByText("There is no such account here")).toBeVisible();
  await page.goto("/api/oauth/caldav/authorize");
  await expect(page.getByText("cannot be connected here")).toBeVisible();
  expect((await page.goto("/api/oauth/..%2Fx/authorize"))?.status()).toBe(404);
});

test("the demo opens a workspace with a connected account @phone", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Try the demo" }).click();
  await expect(page).toHaveURL(/\/calendar/, { timeout: 20_000 });
  await page.goto("/connections");
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByText(/^Google Calendar, /)).toBeVisible();
});
