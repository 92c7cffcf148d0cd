import { expect, somebody, test } from "./fixtures";

test("somebody makes an account, signs out and in again @phone", async ({ page, isMobile }, { testId }) => {
  const person = somebody(testId);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByRole("link", { name: /account/i }).click();
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/calendar/);
  await expect(page.getByText("No calendar here yet")).toBeVisible();

  if (isMobile) await page.getByRole("button", { name: /menu|calendars/i }).first().click();
  await page.getByRole("button", { name: `Account of ${person.name}` }).click();
  await expect(page.getByText(person.email)).toBeVisible();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/calendar/);
});

test("a wrong password is named and lets nobody in", async ({ page, nora, context }) => {
  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(nora.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.goto("/calendar");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("an address that has an account, and a password that is too short, are named at their fields", async ({ page, nora, context }) => {
  await context.clearCookies();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Nora");
  await page.getByLabel("E-mail").fill(nora.email);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Password").fill(nora.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("E-mail")).toBeFocused();
});

test("a page behind the door is reached after signing in, and only on this site", async ({ page, nora, context }) => {
  await context.clearCookies();
  await page.goto("/connections");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.goto("/sign-in?next=https://example.com/");
  await page.getByLabel("E-mail").fill(nora.email);
  await page.getByLabel("Password").fill(nora.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/calendar/);
});
