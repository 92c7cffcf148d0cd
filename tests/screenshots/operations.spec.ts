import { connect } from "../e2e/connecting";
import { expect, test } from "../e2e/fixtures";
import { makeCalendars } from "../support/calendars/calendars";
import { today } from "../support/today";
import { camera } from "./camera";

/** Figures are added up once a minute, of what has ended before the last full one. */
const FIGURES_MS = 150_000;
/** Rows of a table, or the cards that stand for them on a phone. */
const ROWS = "main [role=row], main [role=list] > *";

test("every operations page", async ({ workspace: page, server }, { project }) => {
  test.setTimeout(2 * FIGURES_MS);
  const { go, shoot } = camera(page, project.name);
  await go("operations-empty", "/operations", page.getByText("No job yet"));
  await go("operations-jobs-empty", "/operations/jobs", page.getByText("No job yet"));

  // An account of which a calendar fails for good, and one that is told of changes.
  server.store(makeCalendars({ objects: 5, around: today }));
  await connect(page, server, 15);
  server.forbid("work");
  await page.getByRole("button", { name: "Sync now" }).click();
  await page.goto("/connections?connect=true");
  await page.getByRole("link", { name: "Google Calendar" }).click();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByRole("article")).toHaveCount(2, { timeout: 30_000 });
  await expect(page.getByRole("link", { name: /Operations.*open alert/ })).toBeVisible({ timeout: 60_000 });

  const main = page.getByRole("main");
  await go("operations-jobs", "/operations/jobs", page.locator(ROWS));
  await page.locator(ROWS).getByRole("button").first().click();
  await shoot("operations-job", page.getByRole("dialog", { name: "Job" }).getByText("Asked for"));
  await go("operations-dead-letters", "/operations/dead-letters", main.getByText("forbidden"));
  await go("operations-subscriptions", "/operations/webhooks", main.getByText("Product team"));
  await go("operations-notifications", "/operations/webhooks?show=notifications", main.getByText("Product team"));
  await go("operations-alerts", "/operations/alerts", main.getByText(/Work has been given up/));
  await go("operations-audit", "/operations/audit", main.getByText("Account connected"));
  await page.goto("/operations");
  await expect(main.getByText(/^[1-9]\d* runs$/)).toBeVisible({ timeout: FIGURES_MS });
  await shoot("operations-overview", main.getByText("Queue depth"));
});
