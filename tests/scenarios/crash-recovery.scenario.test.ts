import { afterAll, beforeAll, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import type { Doc } from "../../convex/_generated/dataModel";
import { startTestBackend, type TestBackend } from "../support/backend";
import { makeCalendars } from "../support/calendars/calendars";
import { startRadicale, type Radicale } from "../support/radicale";
import { replaceAll } from "../support/replace";
import { monthsFrom, PROJECTED, seen } from "../support/seen";
import { stored } from "../support/stored";
import { signUp, type Visitor } from "../support/visitor";

const CALENDARS = makeCalendars({ objects: 300, seed: 7, malformed: false });
const MONTHS = monthsFrom("2026-06", 40);
const KILLS = 3;

let radicale: Radicale;
let backend: TestBackend;
let nora: Visitor;

beforeAll(async () => {
  radicale = await startRadicale();
  radicale.store(CALENDARS);
  backend = await startTestBackend();
});
afterAll(async () => {
  await nora?.close();
  await backend?.dispose();
  await radicale?.stop();
});

it("case 4: a full sync that is killed again and again completes by itself, with no event missing or double", async () => {
  nora = await signUp(backend, "nora@example.com");
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
});

it("what an earlier version stored is right as soon as a start is over", async () => {
  const crossing = (await stored(backend, "eventOccurrences")).find(({ reach, face }) => reach === "nextMonth" && face !== undefined);
  if (crossing === undefined) throw new Error("No event goes on into the next month");
  const { calendarId, endAt, _id } = crossing as Doc<"eventOccurrences">;
  const shown = async () => {
    const month = new Date(endAt - 1).toISOString().slice(0, 7);
    const { occurrences } = await nora.client.query(api.events.tiles.month, { calendarId, month, cursor: null });
    return occurrences.endAt.includes(endAt);
  };
  expect(await shown()).toBe(true);
  await storeAsBefore();
  expect(await shown()).toBe(false);
  await backend.stop();
  backend = await startTestBackend({ home: backend.home });
  nora = await nora.reconnect(backend);
  await expect.poll(shown, PROJECTED).toBe(true);
  expect((await stored(backend, "eventOccurrences")).find((row) => row["_id"] === _id)).toEqual(crossing);
});

/** Events as they were when details were a part of their rows, and occurrences when they knew neither faces nor reaches. */
async function storeAsBefore(): Promise<void> {
  const details = new Map((await stored(backend, "eventDetails")).map(({ eventId, description }) => [eventId, description]));
  const events = new Map((await stored(backend, "unifiedEvents")).map((row) => [row["_id"], row]));
  const occurrences = (await stored(backend, "eventOccurrences")).map(({ face: _face, reach: _reach, ...row }) => {
    const { start, end } = events.get(row["eventId"]) ?? {};
    return { ...row, start, end, long: false };
  });
  await replaceAll(backend, "eventOccurrences", occurrences);
  await replaceAll(backend, "unifiedEvents", [...events].map(([id, row]) => ({ ...row, description: details.get(id) ?? null })));
  await replaceAll(backend, "eventDetails", []);
  await replaceAll(backend, "upgrades", []);
}
