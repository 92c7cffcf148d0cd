import { defineConfig } from "@playwright/test";
import base from "../../playwright.config";

const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 834, height: 1112 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

/** Every screen, in both themes and three sizes, into `screenshots/`. */
export default defineConfig({
  ...base,
  testDir: ".",
  outputDir: "../../test-results",
  globalSetup: "../e2e/global-setup.ts",
  globalTimeout: 20 * 60_000,
  timeout: 180_000,
  projects: Object.entries(sizes).flatMap(([size, use]) =>
    (["light", "dark"] as const).map((colorScheme) => ({ name: `${size}-${colorScheme}`, use: { ...use, colorScheme } })),
  ),
});
