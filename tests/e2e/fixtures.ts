import { test as base, type BrowserContext, type Page } from "@playwright/test";
import { type GatedRadicale, gated } from "../support/gate";
import { startRadicale, type Radicale } from "../support/radicale";

/** Somebody with an account. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

interface Fixtures {
  /** A fresh account, signed in in this browser. */
  readonly nora: Person;
  /** The page of somebody with a fresh account. */
  readonly workspace: Page;
  /** A CalDAV server of this test's own. */
  readonly radicale: Radicale;
  /** The same behind a gate that can refuse one of its calendars, for good. */
  readonly server: GatedRadicale;
  /** Fails the test when a page reached for another machine or broke. */
  readonly watched: void;
}

const isOwn = (address: string) => /^(?:https?|wss?):\/\/(?:127\.0\.0\.1|localhost)(?::|\/)|^(?:data|blob):/.test(address);

/** The test of Playwright, in the product that `global-setup` has started. */
export const test = base.extend<Fixtures>({
  baseURL: async ({}, provide) => provide(process.env.LINEARTIME_E2E_URL),
  nora: async ({ page }, provide, { testId }) => {
    const person = somebody(testId);
    await signUp(page, person);
    await provide(person);
  },
  workspace: async ({ page, nora: _signedIn }, provide) => provide(page),
  radicale: async ({}, provide) => {
    const radicale = await startRadicale();
    await provide(radicale);
    await radicale.stop();
  },
  server: async ({ radicale }, provide) => {
    const server = await gated(radicale);
    await provide(server);
    await server.stop();
  },
  watched: [
    async ({ context }, provide) => {
      const complaints = watch(context);
      await provide();
      if (complaints.length > 0) throw new Error(complaints.join("\n"));
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";

/** An account that no other test has. */
export const somebody = (testId: string): Person => ({
  name: "Nora",
  email: `nora-${testId}-${Date.now()}@example.com`,
  password: "correct horse battery",
});

/** Makes an account and signs this browser in, without the form. */
export async function signUp(page: Page, person: Person): Promise<void> {
  const origin = process.env.LINEARTIME_E2E_URL ?? "";
  const address = `198.51.100.${Math.floor(Math.random() * 255)}`;
  const response = await page.request.post("/api/auth/sign-up", {
    data: person,
    // Many accounts from one address would be too many.
    headers: { Origin: origin, "X-Forwarded-For": address },
  });
  if (!response.ok()) throw new Error(`Signing up: HTTP ${response.status()} ${await response.text()}`);
}

function watch(context: BrowserContext): string[] {
  const complaints: string[] = [];
  const check = (address: string) => {
    if (!isOwn(address)) complaints.push(`A page asked for ${address}`);
  };
  context.on("request", (request) => check(request.url()));
  context.on("page", (page) => {
    page.on("websocket", (socket) => check(socket.url()));
    page.on("pageerror", (error) => complaints.push(`A page threw ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      // The browser itself reports each refused request; what matters is what the page does with it.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(`A page reported ${message.text()}`);
    });
  });
  return complaints;
}
