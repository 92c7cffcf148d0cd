import { readFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "@playwright/test";
import { ConvexHttpClient } from "convex/browser";
import { z } from "zod";
import { openHome } from "../../../local/launch/home";
import { readSecrets } from "../../../local/launch/secrets";
import { findBrowser, quietBrowser } from "../../../tests/support/browser.mjs";
import { startStack, type Stack } from "../../../tests/support/stack";
import { untilQuiet } from "./quiet";

type AdminClient = ConvexHttpClient & { setAdminAuth(key: string): void };

/** The whole product as `npm start` brings it up, in a state folder of its own, with somebody whose Google account is connected. */
export interface Product {
  readonly url: string;
  /** The stand-in for Google's control API. */
  readonly sandbox: SandboxControl;
  /** Where that somebody is signed in. */
  readonly page: Page;
  /** The connected account's e-mail address, which is the id of its first calendar. */
  readonly account: string;
  readonly admin: ConvexHttpClient;
  dispose(): Promise<void>;
}

/** `/control/…` of the stand-in for Google: see local/sandbox/README.md. Rejects with what it answers when that is no success. */
export type SandboxControl = (method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE", path: string, body?: object) => Promise<unknown>;

/** Starts it, signs somebody up in a real browser, and connects the first account of the stand-in through the consent page. */
export async function startProduct(): Promise<Product> {
  const stack = await startStack();
  const open: { browser?: Browser } = {};
  const dispose = async () => {
    await open.browser?.close();
    await stack.dispose();
  };
  try {
    const { sandbox, admin } = await reach(stack);
    open.browser = await openBrowser();
    const page = await open.browser.newPage({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
    await signUp(page, stack.url);
    const account = await connectGoogle(page);
    await untilQuiet(admin);
    return { url: stack.url, sandbox, page, account, admin, dispose };
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
}

async function reach({ home: folder }: Stack): Promise<{ sandbox: SandboxControl; admin: ConvexHttpClient }> {
  const home = openHome(folder);
  const ports = z.object({ backend: z.number(), sandbox: z.number() }).parse(JSON.parse(readFileSync(home.ports, "utf8")));
  const admin = new ConvexHttpClient(`http://127.0.0.1:${ports.backend}`, { logger: false }) as AdminClient;
  admin.setAdminAuth((await readSecrets(home.secrets, {})).adminKey);
  const sandbox: SandboxControl = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${ports.sandbox}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    if (!response.ok) throw new Error(`The stand-in for Google answered ${response.status} to ${method} ${path}: ${await response.text()}`);
    return response.json();
  };
  return { sandbox, admin };
}

async function openBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (executablePath === undefined) throw new Error("No browser was found: npx playwright install chromium, or Debian's package chromium.");
  return chromium.launch({ executablePath, args: [...quietBrowser] });
}

async function signUp(page: Page, origin: string): Promise<void> {
  const person = { name: "Nora", email: "nora@example.com", password: "correct horse battery" };
  const response = await page.request.post("/api/auth/sign-up", { data: person, headers: { Origin: origin } });
  if (!response.ok()) throw new Error(`Signing up: HTTP ${response.status()} ${await response.text()}`);
}

async function connectGoogle(page: Page): Promise<string> {
  await page.goto("/connections?connect=true");
  await page.getByRole("link", { name: "Google Calendar" }).click();
  const account = (await page.locator("label.account .secondary").first().innerText()).trim();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByText("Google Calendar is connected").waitFor({ timeout: 60_000 });
  return account;
}
