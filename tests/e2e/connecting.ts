import { expect, type Page } from "@playwright/test";
import type { Radicale } from "../support/radicale";

/** What is typed into the connection form. */
export interface Typed {
  readonly serverUrl: string;
  readonly user: string;
  readonly password: string;
}

/** Opens the form, fills it in and sends it. */
export async function tryToConnect(page: Page, { serverUrl, user, password }: Typed): Promise<void> {
  await page.goto("/connections?connect=true");
  await page.getByLabel("Server address").fill(serverUrl);
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
}

/** Connects a server and waits until everything on it has been read. */
export async function connect(page: Page, radicale: Radicale, events: number): Promise<void> {
  await tryToConnect(page, { serverUrl: radicale.url, ...radicale });
  await expect(page.getByText(`${events.toLocaleString("en")} event${events === 1 ? "" : "s"}.`)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText("First import")).toHaveCount(0);
}
