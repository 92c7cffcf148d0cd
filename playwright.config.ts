import { defineConfig, devices } from "@playwright/test";
import { findBrowser, quietBrowser } from "./tests/support/browser.mjs";
import { zone } from "./tests/support/today";

const executablePath = await findBrowser();

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  globalSetup: "./tests/e2e/global-setup.ts",
  globalTimeout: 12 * 60_000,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: zone,
    // What was on the screen is in the trace without pictures of each frame, which cost a third of the time.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: { args: quietBrowser, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { ...devices["Pixel 7"] }, grep: /@phone/ },
  ],
});
