import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { startTestBackend, type TestBackend } from "../support/backend";
import { makeCalendars } from "../support/calendars/calendars";
import { startSabreDav, type SabreDav } from "../support/sabre-dav";
import { monthsFrom, PROJECTED, seen } from "../support/seen";
import { stored } from "../support/stored";
import { signUp, type Visitor } from "../support/visitor";
import { calendarNamed, calendarsRead, connectionOf, CONTENT, eventOfAnotherClient, syncNow } from "../support/workspace";

/*
 * The same as with Radicale on a server that differs from it wherever it can: sabre/dav signs in with Digest and
 * knows ctags but no sync-collection. The tests of each part build on each other.
 */

const CALENDARS = makeCalendars({ objects: 150, seed: 7 });
const MONTHS = monthsFrom("2026-06", 40);

let backend: TestBackend;
let sabre: SabreDav;
let nora: Visitor;

beforeAll(async () => {
  sabre = await startSabreDav();
  sabre.store(CALENDARS);
  backend = await startTestBackend();
  nora = await signUp(backend, "nora@example.com");
});
afterAll(async () => {
  await nora?.close();
  await sabre?.stop();
  await backend?.dispose();
});

const connect = (password = sabre.password) =>
  nora.client.action(api.connections.caldav.connect, { serverUrl: sabre.url, username: sabre.user, password });

/** Asks for a sync, waits for its end, and says what the server was asked for it. */
async function requestsOfSync(): Promise<string[]> {
  const asked = sabre.requests().length;
  await syncNow(nora);
  return sabre.requests().slice(asked);
}

const tables = () => Promise.all(CONTENT.map((table) => stored(backend, table)));

describe("connecting", () => {
  it("names a wrong password and stores nothing", async () => {
    expect(await connect("wrong")).toMatchObject({ ok: false, code: "wrong_password", field: "password" });
    expect(await stored(backend, "providerConfigs")).toEqual([]);
  });

  it("brings every event into view, and sends no password", async () => {
    expect(await connect()).toMatchObject({ ok: true, calendars: 3 });
    await calendarsRead(nora, 3);
    for (const { displayName, expected } of CALENDARS) {
      const wanted = expected.map(({ start, title }) => `${start} ${title}`).sort();
      await expect.poll(async () => seen(nora, await calendarNamed(nora, displayName), MONTHS), PROJECTED).toEqual(wanted);
    }
    expect(sabre.requests().filter((request) => request.endsWith(" Basic"))).toEqual([]);
  });
});

describe("syncing again", () => {
  beforeAll(async () => {
    // Where these are run by themselves.
    if ((await stored(backend, "providerConfigs")).length === 0) await connect();
    await calendarsRead(nora, 3);
  });

  it("writes nothing when nothing has changed, and asks each calendar for one thing", async () => {
    const before = await tables();
    const asked = await requestsOfSync();
    expect(await tables()).toEqual(before);
    for (const { slug } of CALENDARS) {
      expect(asked.filter((request) => request.includes(`/${slug}/`))).toEqual([`PROPFIND /calendars/${sabre.user}/${slug}/ Digest`]);
    }
  });

  it("shows what another client adds, changes and deletes, in the view that is open", async () => {
    const inJanuary = { calendarId: await calendarNamed(nora, "Family"), month: "2027-01", cursor: null };
    const shows = (title: string) => (tile: { occurrences: { title: string[] } }) => tile.occurrences.title.includes(title);
    await sabre.put("family", "new.ics", eventOfAnotherClient("new-1", "Dinner", "20270110T180000Z"));
    const added = nora.until(api.events.tiles.month, inJanuary, shows("Dinner"));
    await requestsOfSync();
    await added;
    await sabre.put("family", "new.ics", eventOfAnotherClient("new-1", "Late dinner", "20270110T200000Z"));
    const changed = nora.until(api.events.tiles.month, inJanuary, (tile) => shows("Late dinner")(tile) && !shows("Dinner")(tile));
    await requestsOfSync();
    await changed;
    await sabre.delete("family", "new.ics");
    const gone = nora.until(api.events.tiles.month, inJanuary, (tile) => !shows("Late dinner")(tile));
    await requestsOfSync();
    await gone;
    const before = await tables();
    await requestsOfSync();
    expect(await tables()).toEqual(before);
  });

  it("case 6: holds back when the server suddenly lists almost nothing, until a person lets it through", async () => {
    const calendarId = await calendarNamed(nora, "Travel & holidays");
    const objects = CALENDARS.find(({ slug }) => slug === "travel")?.objects ?? [];
    const before = await seen(nora, calendarId, MONTHS);
    for (const { name } of objects.slice(0, 120)) await sabre.delete("travel", name);
    await nora.client.mutation(api.connections.manage.syncNow, { connectionId: await connectionOf(nora) });
    await nora.until(api.calendars.states.list, {}, (states) =>
      states.some((state) => state.calendarId === calendarId && state.phase === "held" && state.held?.deletions === 120),
    );
    expect(await seen(nora, calendarId, MONTHS)).toEqual(before);
    await nora.client.mutation(api.calendars.held.release, { calendarId });
    await nora.until(api.calendars.states.list, {}, (states) =>
      states.some((state) => state.calendarId === calendarId && state.phase === "synced" && state.held === null),
    );
    await expect.poll(async () => (await seen(nora, calendarId, MONTHS)).length, PROJECTED).toBeLessThan(before.length / 2);
  });

  it("case 19: asks for a new password, with the reason, when the old one stops working, and goes on with it", async () => {
    sabre.setPassword("another horse");
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
