import path from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { expectNoScrollingSideways } from "../e2e/accessible";

const folder = path.resolve(import.meta.dirname, "../../screenshots");

/** Takes pictures of a page into `screenshots/<project>/<name>.png`, each when `seen` is there and nothing moves any more. */
export function camera(page: Page, project: string) {
  const shoot = async (name: string, seen: Locator) => {
    await expect(seen.first()).toBeVisible({ timeout: 30_000 });
    await still(page);
    await expectNoScrollingSideways(page, name);
    await page.screenshot({ path: path.join(folder, project, `${name}.png`) });
  };
  const go = async (name: string, address: string, seen: Locator) => {
    await page.goto(address);
    await shoot(name, seen);
  };
  return { shoot, go };
}

/** Fonts are there, nothing is loading, and nothing moves any more. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished.catch(() => undefined)));
  });
}
