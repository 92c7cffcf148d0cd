import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { rowsOf } from "../../lib/events/columns";
import { freePort } from "../../local/launch/ports";
import { startTestBackend, type TestBackend } from "../support/backend";
import { makeCalendars } from "../support/calendars/calendars";
import { startRadicale, type Radicale } from "../support/radicale";
import { monthsFrom, PROJECTED, seen } from "../support/seen";
import { stored } from "../support/stored";
import { signUp, type Visitor } from "../support/visitor";
import { calendarNamed, calendarsRead, connectionOf, CONTENT, eventOfAnotherClient, syncNow } from "../support/workspace";

/*
 * One person, one real Radicale, one embedded deployment: from the connection form to every event
 * in view, and every change at the server after it. The tests of each part build on each other.
 */

const CALENDARS = makeCalendars({ objects: 520 });
const MONTHS = monthsFrom("2026-06", 40);

let backend: TestBackend;
let radicale: Radicale;
let nora: Visitor;

beforeAll(async () => {
  radicale = await startRadicale();
  radicale.store(CALENDARS);
  backend = await startTestBackend();
  nora = await signUp(backend, "nora@example.com");
});
afterAll(async () => {
  await nora?.close();
  await radicale?.stop();
  await backend?.dispose();
});

const connect = (password = radicale.password, serverUrl = radicale.url) =>
  nora.client.action(api.connections.caldav.connect, { serverUrl, username: radicale.user, password });

describe("connecting", () => {
  it("names a wrong password and stores nothing", async () => {
    expect(await connect("wrong")).toMatchObject({ ok: false, code: "wrong_password", field: "password" });
    expect(await stored(backend, "providerConfigs")).toEqual([]);
    expect(await stored(backend, "providerCredentials")).toEqual([]);
  });

  it("names an address that is refused, and one where nobody listens", async () => {
    const closed = await freePort(21_000);
    expect(await connect("x", `http://127.0.0.1:${closed}/`)).toMatchObject({ ok: false, code: "connection_refused", field: "serverUrl" });
    expect(await connect("x", backend.url)).toMatchObject({ ok: false, code: "address_forbidden" });
  });

  it("finds the calendars and brings every event into view", async () => {
    expect(await connect()).toMatchObject({ ok: true, calendars: 3 });
    await calendarsRead(nora, 3);
    for (const { displayName, expected } of CALENDARS) {
      const wanted = expected.map(({ start, title }) => `${start} ${title}`).sort();
      await expect.poll(async () => seen(nora, await calendarNamed(nora, displayName), MONTHS), PROJECTED).toEqual(wanted);
    }
  });

  it("stores the password sealed", async () => {
    const [row] = await stored(backend, "providerCredentials");
    expect(row?.envelope).toMatch(/^v1\.k1\./);
    expect(JSON.stringify(await stored(backend, "providerConfigs"))).not.toContain(radicale.password);
  });

  it("shows a malformed object at its start, and says what is wrong with it", async () => {
    const calendarId = await calendarNamed(nora, "Work");
    const tile = await nora.client.query(api.events.tiles.month, { calendarId, month: "2026-06", cursor: null });
    const malformed = rowsOf(tile.occurrences).find((row) => row.title === "Malformed");
    if (!malformed) throw new Error("It is not there");
    const details = await nora.client.query(api.events.details.get, { eventId: malformed.eventId });
    expect(details?.warnings).toContainEqual({ code: "unsupported_rule", message: expect.stringContaining("BYMONTHDAY") });
  });

  it("keeps the other calendars in step when the server cannot list one of them", async () => {
    radicale.plant("work", "broken.ics", "this is no calendar");
    await nora.client.mutation(api.connections.manage.syncNow, { connectionId: await connectionOf(nora) });
    const broken = await calendarNamed(nora, "Work");
    const states = await nora.until(api.calendars.states.list, {}, (all) =>
      all.some((state) => state.calendarId === broken && state.error !== null),
    );
    expect(states.find((state) => state.calendarId === broken)?.error).toMatchObject({ code: "listing_failed", action: expect.stringMatching(/repair/) });
    expect(states.filter((state) => state.calendarId !== broken).every((state) => state.error === null)).toBe(true);
    radicale.unplant("work", "broken.ics");
    await syncNow(nora);
    await nora.until(api.calendars.states.list, {}, (all) => all.every((state) => state.phase === "synced" && state.error === null));
  });
});

describe("syncing again", () => {
  beforeAll(async () => {
    // Where these are run by themselves.
    if ((await stored(backend, "providerConfigs")).length === 0) await connect();
    await calendarsRead(nora, 3);
  });

  it("writes nothing when nothing has changed", async () => {
    const before = await Promise.all(CONTENT.map((table) => stored(backend, table)));
    await syncNow(nora);
    expect(await Promise.all(CONTENT.map((table) => stored(backend, table)))).toEqual(before);
    const jobs = await stored(backend, "syncJobs");
    const polls = jobs.filter((job) => job.type === "polling_sync");
    expect(polls.length).toBeGreaterThanOrEqual(3);
    for (const job of polls.slice(-3)) {
      expect(job).toMatchObject({ status: "completed", result: { upserted: 0, deleted: 0 } });
    }
  });

  it("shows what another client adds, changes and deletes, in the view that is open", async () => {
    const calendarId = await calendarNamed(nora, "Family");
    const inJune = { calendarId, month: "2027-01", cursor: null };
    const shows = (title: string) => (tile: { occurrences: { title: string[] } }) => tile.occurrences.title.includes(title);
    await radicale.put("family", "new.ics", eventOfAnotherClient("new-1", "Dinner", "20270110T180000Z"));
    const added = nora.until(api.events.tiles.month, inJune, shows("Dinner"));
    await syncNow(nora);
    await added;
    await radicale.put("family", "new.ics", eventOfAnotherClient("new-1", "Late dinner", "20270110T200000Z"));
    const changed = nora.until(api.events.tiles.month, inJune, (tile) => shows("Late dinner")(tile) && !shows("Dinner")(tile));
    await syncNow(nora);
    await changed;
    await radicale.delete("family", "new.ics");
    const gone = nora.until(api.events.tiles.month, inJune, (tile) => !shows("Late dinner")(tile));
    await syncNow(nora);
    await gone;
  });

  it("case 6: holds back when the server suddenly lists almost nothing, until a person lets it through", async () => {
    const calendarId = await calendarNamed(nora, "Travel & holidays");
    const objects = CALENDARS.find(({ slug }) => slug === "travel")?.objects ?? [];
    const before = await seen(nora, calendarId, MONTHS);
    for (const { name } of objects.slice(0, 400)) await radicale.delete("travel", name);
    await nora.client.mutation(api.connections.manage.syncNow, { connectionId: await connectionOf(nora) });
    await nora.until(api.calendars.states.list, {}, (states) =>
      states.some((state) => state.calendarId === calendarId && state.phase === "held" && state.held?.deletions === 400),
    );
    expect(await seen(nora, calendarId, MONTHS)).toEqual(before);
    await nora.client.mutation(api.calendars.held.release, { calendarId });
    await nora.until(api.calendars.states.list, {}, (states) =>
      states.some((state) => state.calendarId === calendarId && state.phase === "synced" && state.held === null),
    );
    await expect.poll(async () => (await seen(nora, calendarId, MONTHS)).length, PROJECTED).toBeLessThan(before.length / 2);
    expect(await seen(nora, calendarId, MONTHS)).not.toEqual([]);
  });

  it("case 19: asks for a new password, with the reason, when the old one stops working, and goes on with it", async () => {
    radicale.setPassword("another horse");
    const connectionId = await connectionOf(nora);
    await nora.client.mutation(api.connections.manage.syncNow, { connectionId });
    const [card] = await nora.until(api.connections.list.list, {}, ([first]) => first?.status === "reconnect_required" && first.reason?.code === "wrong_password");
    expect(card?.reason).toMatchObject({ message: expect.stringMatching(/password/i), action: expect.stringMatching(/password/i) });
    const reconnect = (password: string) => nora.client.action(api.connections.caldav.reconnect, { connectionId, password });
    expect(await reconnect("still wrong")).toMatchObject({ ok: false, field: "password" });
    expect(await reconnect("another horse")).toMatchObject({ ok: true });
    await nora.until(api.connections.list.list, {}, ([card]) => card?.status === "active" && !card.syncing);
  });
});

describe("another person", () => {
  it("sees nothing of it", async () => {
    const other = await signUp(backend, "other@example.com");
    expect(await other.client.query(api.connections.list.list, {})).toEqual([]);
    expect(await other.client.query(api.calendars.list.list, {})).toEqual([]);
    expect(await seen(other, await calendarNamed(nora, "Work"), ["2026-11"])).toEqual([]);
    await other.close();
  });
});

describe("disconnecting", () => {
  it("forgets the password at once and everything else step by step", async () => {
    await nora.client.mutation(api.connections.manage.disconnect, { connectionId: await connectionOf(nora) });
    expect(await stored(backend, "providerCredentials")).toEqual([]);
    await nora.until(api.connections.list.list, {}, (cards) => cards.length === 0);
    await expect
      .poll(async () => (await Promise.all(CONTENT.map((table) => stored(backend, table)))).map((rows) => rows.length), { timeout: 30_000 })
      .toEqual(CONTENT.map(() => 0));
    expect(await stored(backend, "syncJobs")).toEqual([]);
  });
});
