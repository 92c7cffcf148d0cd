import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/** What WCAG 2.2 AA asks for and a program can see. `what` names the page in a failure. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  expect(found, what).toEqual([]);
  await expectNoScrollingSideways(page, what);
}

/** WCAG 1.4.10: a page is as wide as the screen; what is wider scrolls by itself. */
export async function expectNoScrollingSideways(page: Page, what: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `${what}: as wide as the screen`).toBe(page.viewportSize()?.width);
}
