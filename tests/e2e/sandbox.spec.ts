import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { startSandbox, type Sandbox } from "../../local/sandbox/sandbox";
import { startReceiver } from "../../local/sandbox/testing/receiver";

const consent = (redirect_uri: string) =>
  `/google/o/oauth2/v2/auth?${new URLSearchParams({
    client_id: "lineartime-sandbox.apps.googleusercontent.com",
    redirect_uri,
    response_type: "code",
    state: "a state",
    scope: "openid email https://www.googleapis.com/auth/calendar.readonly https://www.googleapis.com/auth/calendar.events",
  }).toString()}`;

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
test.afterAll(() => sandbox?.stop());

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`the sandbox's pages can be used by everybody (${colorScheme}) @phone`, async ({ page }) => {
      for (const path of ["/", consent("http://127.0.0.1:9/callback"), "/google/o/oauth2/v2/auth"]) {
        await page.goto(`${sandbox.url}${path}`);
        await expect(page.getByText("A stand-in on your machine.")).toBeVisible();
        if (path === "/") await page.locator("summary").first().click();
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), path).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is as wide as the screen`).toBe(true);
      }
    });
  });
}

test("the browser is led from the consent page to the client, with what was allowed", async ({ page }) => {
  const client = await startReceiver();
  await page.goto(`${sandbox.url}${consent(client.url)}`);
  await page.getByText("jonas.lindqvist@example.net").click();
  await page.getByLabel("See and edit events on all your calendars").uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${client.url}?*`);
  const said = new URL(page.url()).searchParams;
  expect(said.get("state")).toBe("a state");
  expect(said.get("code")).toMatch(/^4\/0A/);
  expect(said.get("scope")).toContain("calendar.readonly");
  expect(said.get("scope")).not.toContain("calendar.events");
  await client.stop();
});

test("a call shows up on the sandbox's page while one looks", async ({ page }) => {
  await page.goto(sandbox.url);
  await expect(page.getByText("oauth.metadata")).toHaveCount(0);
  await fetch(`${sandbox.url}/google/.well-known/openid-configuration`);
  await expect(page.getByText("oauth.metadata").first()).toBeVisible();
});
