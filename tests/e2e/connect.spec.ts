import { createServer, type RequestListener } from "node:http";
import { freePort } from "../../local/launch/ports";
import { makeCalendars } from "../support/calendars/calendars";
import { today } from "../support/today";
import { connect, tryToConnect } from "./connecting";
import { expect, test } from "./fixtures";
import { shownInList, startsInList } from "./list";

test("three calendars of 520 objects each come on screen, whole and in their places", async ({ workspace: page, radicale }, info) => {
  test.slow();
  const calendars = makeCalendars({ around: today });
  radicale.store(calendars);
  const began = Date.now();
  await connect(page, radicale, 3 * 520);
  info.annotations.push({ type: "from Connect to the last event", description: `${((Date.now() - began) / 1000).toFixed(1)} s` });
  for (const { displayName } of calendars) {
    await expect(page.getByRole("listitem").filter({ hasText: `${displayName}520 events` })).toBeVisible();
  }
  for (const date of [today, addDays(today, 100)]) {
    await page.goto(`/calendar?view=list&date=${date}`);
    const expected = startsInList(calendars, date);
    expect(expected.length).toBeGreaterThan(60);
    await expect.poll(() => shownInList(page)).toEqual(expect.arrayContaining(expected));
  }
});

test("what is wrong with a server is named where it is typed, and nothing is connected", async ({ workspace: page, radicale }) => {
  const plain = await serve((_, response) => response.end("<h1>Hello</h1>"));
  const failing = await serve((_, response) => response.writeHead(500).end());
  const own = new URL(process.env.LINEARTIME_E2E_URL ?? "").origin;
  const cases = [
    { serverUrl: radicale.url, password: "wrong", says: /does not accept this user name and password/ },
    { serverUrl: plain.url, says: /answers, but not as a calendar server/ },
    { serverUrl: failing.url, says: /reports a problem of its own \(HTTP 500\)/ },
    { serverUrl: `http://127.0.0.1:${await freePort(25_000)}`, says: /does not accept connections on this port/ },
    { serverUrl: "http://nowhere.invalid", says: /no server named nowhere\.invalid/ },
    { serverUrl: own, says: /private or reserved address/ },
    { serverUrl: "http://169.254.169.254", says: /private or reserved address/ },
    { serverUrl: "ftp://example.com", says: /not a server address/ },
  ];
  for (const { serverUrl, password = radicale.password, says } of cases) {
    await tryToConnect(page, { serverUrl, user: radicale.user, password });
    await expect(page.getByText(says), serverUrl).toBeVisible();
  }
  await page.goto("/connections");
  await expect(page.getByText("Nothing is connected yet")).toBeVisible();
  plain.close();
  failing.close();
});

test("a calendar that the server cannot list says what to do, and the others are complete", async ({ workspace: page, radicale }) => {
  radicale.store(makeCalendars({ objects: 20, around: today }));
  radicale.plant("work", "broken.ics", "this is no calendar");
  await tryToConnect(page, { serverUrl: radicale.url, ...radicale });
  const said = page.getByRole("listitem").filter({ hasText: /cannot list this calendar/ });
  await expect(said.getByRole("strong")).toBeVisible({ timeout: 30_000 });
  await expect(said.getByText(/repair the calendar/).last()).toBeVisible();
  for (const name of ["Family", "Travel & holidays"]) {
    await expect(page.getByRole("listitem").filter({ hasText: `${name}20 events` })).toBeVisible();
  }
});

/** A web server that is no calendar server. */
function serve(answer: RequestListener): Promise<{ url: string; close: () => void }> {
  return new Promise((resolve) => {
    const server = createServer(answer).listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({ url: `http://127.0.0.1:${port}`, close: () => void server.close() });
    });
  });
}

const addDays = (date: string, days: number) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
