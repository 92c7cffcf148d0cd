import type { Page } from "@playwright/test";
import { makeCalendars } from "../support/calendars/calendars";
import { today } from "../support/today";
import { expectAccessible } from "./accessible";
import { connect } from "./connecting";
import { expect, test } from "./fixtures";

const PAGES = ["/operations", "/operations/jobs", "/operations/dead-letters", "/operations/webhooks", "/operations/webhooks?show=notifications", "/operations/alerts", "/operations/audit"];

const syncNow = async (page: Page) => {
  await page.goto("/connections");
  await page.getByRole("button", { name: "Sync now" }).click();
};

test("a calendar that fails becomes a dead letter with an alert, and both go when it is mended and retried", async ({ workspace: page, server }) => {
  test.slow();
  server.store(makeCalendars({ objects: 5, around: today }));
  await connect(page, server, 15);
  server.forbid("work");
  await syncNow(page);

  const badge = page.getByRole("link", { name: /Operations.*1 open alert/ });
  await expect(badge).toBeVisible({ timeout: 30_000 });
  await badge.click();
  await expect(page.getByText(/Work has been given up/).first()).toBeVisible();
  await page.getByRole("link", { name: "Open dead letters" }).click();

  await page.getByRole("table", { name: "Dead letters" }).getByRole("button").first().click();
  const sheet = page.getByRole("dialog", { name: "Job" });
  await expect(sheet.getByText(/does not let you read this/)).toBeVisible();
  await expect(sheet.getByText("forbidden")).toBeVisible();
  const link = page.url();
  expect(link).toContain("job=");

  // Retried while it is still broken, it comes back.
  const retry = async () => {
    await sheet.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Retry" }).click();
    await expect(page.getByText("It is tried again")).toBeVisible();
  };
  await retry();
  await page.goto("/operations/dead-letters");
  await expect(page.getByRole("table", { name: "Dead letters" }).getByRole("button")).toHaveCount(1, { timeout: 30_000 });

  server.allowAll();
  await page.getByRole("table", { name: "Dead letters" }).getByRole("button").first().click();
  await retry();
  await page.goto("/operations/dead-letters");
  await expect(page.getByText("No dead letter")).toBeVisible();
  await expect(page.getByRole("link", { name: /open alert/ })).toHaveCount(0, { timeout: 30_000 });

  await page.goto("/operations/audit");
  const log = page.getByRole("table", { name: "Audit log" });
  await expect(log.getByRole("row").filter({ hasText: "Job retried" })).toHaveCount(2);
  await expect(log.getByRole("row").filter({ hasText: "Account connected" })).toHaveCount(1);

  // What the link names is a cancelled job by now: it can still be looked at, and says what it is.
  await page.goto(link);
  await expect(page.getByRole("dialog", { name: "Job" }).getByText("Cancelled", { exact: true })).toBeVisible();
});

test("links to what is gone, or never was, say so; filters that are none count as none", async ({ workspace: page }) => {
  for (const job of ["gone", "../../etc/passwd", "jd7abc"]) {
    await page.goto(`/operations/jobs?job=${encodeURIComponent(job)}`);
    await expect(page.getByText("This job is not there any more")).toBeVisible();
  }
  await page.goto("/operations/jobs?status=nonsense&type=%3Cscript%3E&provider=__proto__&scope=deployment");
  await expect(page.getByText("No job yet")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Everybody" })).toHaveCount(0);
});

test("jobs are narrowed in the address, and the newest is on top without a reload", async ({ workspace: page, server }) => {
  server.store(makeCalendars({ objects: 3, around: today }));
  await connect(page, server, 9);
  await page.goto("/operations/jobs");
  const jobs = page.getByRole("table", { name: "Jobs" });
  await expect(jobs.getByRole("button")).toHaveCount(4);
  await page.getByRole("button", { name: "Type" }).click();
  await page.getByRole("menuitemradio", { name: "full_sync" }).click();
  await expect(page).toHaveURL(/type=full_sync/);
  await expect(jobs.getByRole("button")).toHaveCount(3);
  await page.goBack();
  await expect(jobs.getByRole("button")).toHaveCount(4);
  const another = await page.context().newPage();
  await syncNow(another);
  await expect(jobs.getByRole("button")).toHaveCount(8, { timeout: 20_000 });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test(`the operations pages can be used by everybody (${colorScheme}) @phone`, async ({ workspace: page, server }) => {
      test.slow();
      await page.goto("/operations");
      await expect(page.getByText("No job yet")).toBeVisible();
      await expectAccessible(page, "the overview while there is nothing");
      server.store(makeCalendars({ objects: 5, around: today }));
      await connect(page, server, 15);
      server.forbid("work");
      await syncNow(page);
      await expect(page.getByRole("link", { name: /1 open alert/ })).toBeVisible({ timeout: 30_000 });
      for (const path of PAGES) {
        await page.goto(path);
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await expectAccessible(page, path);
      }
      await page.goto("/operations/dead-letters");
      await page.getByRole("table", { name: "Dead letters" }).getByRole("button").first().click();
      await expect(page.getByText("forbidden").last()).toBeVisible();
      await expectAccessible(page, "a dead letter beside the list");
    });
  });
}

test("the health check says up to everybody, and nothing more", async ({ request }) => {
  const answer = await request.get("/api/health/sync");
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ status: "up" });
  expect(answer.headers()["cache-control"]).toBe("public, max-age=10");
  const guessed = await request.get("/api/health/sync", { headers: { authorization: "Bearer guess" } });
  expect(guessed.status()).toBe(401);
});
