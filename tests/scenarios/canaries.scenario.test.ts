import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { afterAll, beforeAll, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { startTestBackend, type TestBackend } from "../support/backend";
import { startRadicale, type Radicale } from "../support/radicale";
import { stored } from "../support/stored";
import { startWorkplace } from "../support/google/workplace";
import { townOf, townsperson } from "../support/rush-hour/town";
import { signUp, type Visitor } from "../support/visitor";
import { connectionOf, eventOfAnotherClient } from "../support/workspace";

/*
 * Words that must stay where they belong, planted wherever they can come in: passwords, in the form and in a wrong
 * try, titles of events, and an object that cannot be read. Then everything that operators see, or that leaves, is
 * searched for them.
 */

const PASSWORD = "canary-password-8c1f";
const NEW_PASSWORD = "canary-password-changed";
const WRONG = "canary-wrong-try-77aa";
const TITLE = "canary-title-of-a-secret-dinner";
const BROKEN = "canary-inside-a-broken-object";
const WATCHED = ["auditLog", "alerts", "alertNotices", "syncMetrics", "providerHealth", "syncJobs", "queueLanes"] as const;

let backend: TestBackend;
let radicale: Radicale;
let nora: Visitor;
let receiver: Server;
const messages: string[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => (messages.push(body), response.end("ok")));
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  radicale = await startRadicale({ user: "nora", password: PASSWORD });
  radicale.store([{ slug: "work", displayName: "Work", color: "#112233", objects: [{ name: "a.ics", ics: eventOfAnotherClient("a", TITLE, "20260610T090000Z") }] }]);
  backend = await startTestBackend({ environment: { SYNC_MAX_RETRIES: 0, ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/canary-hook-address` } });
  nora = await signUp(backend, "nora@example.com");
});
afterAll(async () => {
  await nora?.close();
  await radicale?.stop();
  await backend?.dispose();
  receiver?.close();
});

const openKinds = async () => (await stored(backend, "alerts")).filter(({ closedAt }) => closedAt === null).map(({ kind }) => kind);
const syncNow = async () => await nora.client.mutation(api.connections.manage.syncNow, { connectionId: await connectionOf(nora) });

/** The tables that operators see, and every log. */
async function watchedOf(one: TestBackend): Promise<string> {
  const tables = await Promise.all(WATCHED.map(async (table) => JSON.stringify(await stored(one, table))));
  const logs = readdirSync(one.home.logs).map((name) => readFileSync(path.join(one.home.logs, name), "utf8"));
  return [...tables, ...logs].join("\n");
}

it("no secret and no event content gets into what is watched, logged or sent", { timeout: 180_000 }, async () => {
  const http = new ConvexHttpClient(backend.url);
  const browser = { secret: backend.secrets.serverSecret, address: "127.0.0.1", previousTokenHash: null };
  expect(await http.action(api.accounts.password.signIn, { ...browser, email: "nora@example.com", password: WRONG })).toMatchObject({ ok: false });
  const connect = (password: string) => nora.client.action(api.connections.caldav.connect, { serverUrl: radicale.url, username: radicale.user, password });
  expect(await connect(WRONG)).toMatchObject({ ok: false, code: "wrong_password" });
  expect(await connect(PASSWORD)).toMatchObject({ ok: true });
  await nora.until(api.calendars.states.list, {}, (states) => states.length === 1 && states[0]?.phase === "synced");

  radicale.plant("work", "broken.ics", `${BROKEN}: this is no calendar`);
  await syncNow();
  await expect.poll(openKinds, { timeout: 60_000 }).toEqual(["dead_job"]);
  radicale.unplant("work", "broken.ics");
  radicale.setPassword(NEW_PASSWORD);
  await syncNow();
  await expect.poll(openKinds, { timeout: 60_000 }).toContain("authentication");
  await expect.poll(() => messages.length, { timeout: 30_000 }).toBeGreaterThan(0);

  const log = await stored(backend, "auditLog");
  expect(log.map(({ action, outcome }) => `${String(action)} ${String(outcome)}`)).toEqual([
    "account_created done",
    "signed_in refused",
    "connection_made done",
    "token_refresh_failed failed",
  ]);
  const [envelope] = await stored(backend, "providerCredentials");
  const seen = [await watchedOf(backend), ...messages].join("\n");
  expect(seen).toContain("listing_failed");
  const secrets = [PASSWORD, NEW_PASSWORD, WRONG, TITLE, BROKEN, "correct horse battery", "canary-hook-address"];
  const own = [backend.secrets.serverSecret, backend.secrets.encryptionKeys, backend.secrets.authPrivateKey, String(envelope?.envelope)];
  for (const canary of [...secrets, ...own]) {
    expect(canary.length).toBeGreaterThan(10);
    expect(seen).not.toContain(canary);
  }
});

it("no token of Google's, of a channel or of a consent, and no title gets there either", { timeout: 120_000 }, async () => {
  const person = townsperson(0);
  const place = await startWorkplace({ world: townOf({ people: 1, calendars: 2 }) }, { SYNC_MAX_RETRIES: 0 });
  try {
    const { google } = place.sandbox.control;
    const connectionId = await place.connect(person);
    for (const { id } of google.calendars(person.email)) {
      google.addEvent(id, { summary: TITLE, start: { date: "2026-06-10" }, end: { date: "2026-06-11" } });
    }
    await place.settled();
    const channelTokens = google.channels().map(({ token }) => token ?? "");
    const notified = { provider: "google", channelId: google.channels()[0]?.id ?? "", token: "canary-guessed-token", deliveryId: "1", tellsOfChange: true };
    const http = new ConvexHttpClient(place.backend.url);
    expect(await http.mutation(api.webhooks.notify.receive, { secret: place.backend.secrets.serverSecret, notifications: [notified] })).toEqual(["unknown"]);
    google.revoke(person.email);
    google.expireAccessTokens(person.email);
    await place.visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
    await place.visitor.until(api.connections.list.list, {}, ([card]) => card?.status === "reconnect_required");

    const seen = await watchedOf(place.backend);
    expect(seen).toContain("invalid_grant");
    expect(channelTokens.length).toBeGreaterThan(1);
    // Every access token begins like the first of these, every refresh token like the second.
    for (const canary of ["ya29.", "1//0", TITLE, "canary-guessed-token", ...channelTokens]) expect(seen).not.toContain(canary);
  } finally {
    await place.dispose();
  }
});
