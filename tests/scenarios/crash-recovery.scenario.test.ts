import { afterAll, beforeAll, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { startTestBackend, type TestBackend } from "../support/backend";
import { makeCalendars } from "../support/calendars/calendars";
import { startRadicale, type Radicale } from "../support/radicale";
import { monthsFrom, PROJECTED, seen } from "../support/seen";
import { signUp } from "../support/visitor";

const CALENDARS = makeCalendars({ objects: 300, seed: 7, malformed: false });
const MONTHS = monthsFrom("2026-06", 40);
const KILLS = 3;

let radicale: Radicale;
let backend: TestBackend;

beforeAll(async () => {
  radicale = await startRadicale();
  radicale.store(CALENDARS);
  backend = await startTestBackend();
});
afterAll(async () => {
  await backend?.dispose();
  await radicale?.stop();
});

it("case 4: a full sync that is killed again and again completes by itself, with no event missing or double", async () => {
  let nora = await signUp(backend, "nora@example.com");
  const connected = nora.client.action(api.connections.caldav.connect, {
    serverUrl: radicale.url,
    username: radicale.user,
    password: radicale.password,
  });
  expect(await connected).toMatchObject({ ok: true });
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const applied = kill * 100;
    await nora.until(api.calendars.states.list, {}, (states) => {
      const done = states.map((state) => (state.phase === "synced" ? 300 : (state.progress?.done ?? 0)));
      return done.reduce((sum, each) => sum + each, 0) >= applied;
    });
    backend.child.kill();
    await backend.child.exited;
    backend = await startTestBackend({ home: backend.home });
    nora = await nora.reconnect(backend);
  }
  await nora.until(
    api.calendars.states.list,
    {},
    (states) => states.length === 3 && states.every((state) => state.phase === "synced"),
  );
  const calendars = await nora.client.query(api.calendars.list.list, {});
  for (const { displayName, expected } of CALENDARS) {
    const calendar = calendars.find(({ name }) => name === displayName);
    if (!calendar) throw new Error(`There is no calendar ${displayName}`);
    const wanted = expected.map(({ start, title }) => `${start} ${title}`).sort();
    await expect.poll(() => seen(nora, calendar.calendarId, MONTHS), PROJECTED).toEqual(wanted);
  }
  await nora.close();
});
