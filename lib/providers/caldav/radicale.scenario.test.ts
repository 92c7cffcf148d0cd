import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProvider } from "../registry";
import type { CalendarProvider, RemoteCalendar } from "../port";
import { testConnection } from "./test-connection";
import { knownAfter, pullAll } from "../testing/collect";
import { knownOf } from "../testing/known";
import { eventText, simpleEvent } from "./testing/event-text";
import { type Radicale, startRadicale } from "./testing/radicale";

const policy = { allowPrivate: true, ownPorts: [] };
let server: Radicale;
let provider: CalendarProvider;

beforeAll(async () => {
  server = await startRadicale();
  await server.makeCalendar(
    "work",
    "<D:displayname>Work &amp; travel</D:displayname><A:calendar-color>#FF8800FF</A:calendar-color>" +
      "<C:calendar-timezone>BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Europe/Berlin\nEND:VTIMEZONE\nEND:VCALENDAR</C:calendar-timezone>" +
      '<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>',
  );
  await server.makeCalendar(
    "tasks",
    '<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>',
  );
  provider = openProvider({
    provider: "caldav",
    settings: { serverUrl: server.url, username: server.username },
    credentials: { kind: "password", password: server.password },
    environment: {},
    policy,
  });
});

afterAll(async () => {
  await provider.close();
  await server.stop();
});

async function calendarNamed(remotePath: string): Promise<RemoteCalendar> {
  const listed = await provider.listCalendars();
  const found = listed.kind === "calendars" ? listed.calendars.find(({ remoteId }) => remoteId.endsWith(`/${remotePath}/`)) : undefined;
  if (found === undefined) throw new Error(`no calendar ${remotePath}`);
  return found;
}

describe("connecting", () => {
  it("finds the home and its event calendars from the bare address, and skips task lists", async () => {
    const result = await testConnection({ serverUrl: new URL(server.url).host, username: server.username, password: server.password, policy });
    expect(result).toMatchObject({
      ok: true,
      serverUrl: `${server.url}ann/`,
      calendars: [{ name: "Work & travel", color: "#ff8800", timeZone: "Europe/Berlin", accessRole: "owner" }],
    });
  });

  it("gives the same calendars from the resolved home", async () => {
    const result = await testConnection({ serverUrl: `${server.url}ann/`, username: server.username, password: server.password, policy });
    expect(result.ok && result.calendars.map(({ remoteId }) => remoteId)).toEqual([`${server.url}ann/work/`]);
  });

  it("names a wrong password, and never shows it", async () => {
    const result = await testConnection({ serverUrl: server.url, username: server.username, password: "wrong-secret", policy });
    expect(result).toMatchObject({ ok: false, code: "wrong_password", field: "password" });
    expect(JSON.stringify(result)).not.toContain("wrong-secret");
  });

  it("shows a calendar that may not be written to as one to read", async () => {
    await server.shareCalendar();
    const listed = await provider.listCalendars();
    const roles = listed.kind === "calendars" ? listed.calendars.map(({ name, accessRole }) => [name, accessRole]) : [];
    expect(roles).toContainEqual(["Shared with me", "reader"]);
    expect(roles).toContainEqual(["Work & travel", "owner"]);
    const { results } = await pullAll(provider, { calendarRemoteId: `${server.url}ann/shared/` });
    expect(results).toMatchObject([{ kind: "page", last: true }]);
  });

  it("says when the account has no calendar for events", async () => {
    const empty = await startRadicale();
    try {
      const result = await testConnection({ serverUrl: empty.url, username: empty.username, password: empty.password, policy });
      expect(result).toMatchObject({ ok: false, code: "no_calendars" });
    } finally {
      await empty.stop();
    }
  });
});

describe("pulling", () => {
  it("reads everything once, then only what changed, then nothing", async () => {
    await server.makeCalendar("pull");
    const { remoteId } = await calendarNamed("pull");
    for (const n of [1, 2, 3, 4, 5]) await server.put("pull", `e${n}.ics`, simpleEvent(`e${n}`, n));

    const first = await pullAll(provider, { calendarRemoteId: remoteId, pageSize: 2 });
    expect(first.pages.map(({ changes, last, total, listed }) => [changes.length, last, total, listed])).toEqual([
      [2, false, 5, 5], [2, false, 5, 5], [1, true, 5, 5],
    ]);
    expect(first.changes.map((change) => change.kind === "upsert" && change.iCalUID)).toEqual(["e1", "e2", "e3", "e4", "e5"]);

    const known = knownAfter(first.changes);
    expect(first.cursor).toMatch(/^sync-token http/);
    const second = await pullAll(provider, { calendarRemoteId: remoteId, mode: "incremental", known, cursor: first.cursor });
    expect(second.pages).toMatchObject([{ changes: [], last: true, listed: null, cursor: first.cursor }]);

    await server.put("pull", "e3.ics", simpleEvent("e3", 3, "Moved"));
    await server.put("pull", "e6.ics", simpleEvent("e6", 6));
    await server.request("DELETE", "pull/e1.ics");
    const changed = [
      { kind: "upsert", iCalUID: "e3", events: [{ title: "Moved" }] },
      { kind: "upsert", iCalUID: "e6" },
      { kind: "deleted", remoteId: "/ann/pull/e1.ics", occurrence: null },
    ];
    const third = await pullAll(provider, { calendarRemoteId: remoteId, mode: "incremental", known, cursor: first.cursor, pageSize: 2 });
    expect(third.changes).toMatchObject(changed);
    expect(third.pages[0]).toMatchObject({ listed: null, deletions: null });

    for (const cursor of ["sync-token http://radicale.org/ns/sync/0000", "sync-token nonsense", 'ctag "old"', "etags", null]) {
      const compared = await pullAll(provider, { calendarRemoteId: remoteId, mode: "incremental", known, cursor });
      expect(compared.changes).toMatchObject(changed);
      expect(compared.pages[0]).toMatchObject({ listed: 5, deletions: 1 });
      expect(compared.cursor).toBe(cursor === "etags" ? "etags" : third.cursor);
    }

    const fourth = await pullAll(provider, { calendarRemoteId: remoteId, mode: "incremental", known: knownAfter(third.changes, known), cursor: third.cursor });
    expect(fourth.changes).toEqual([]);
  });

  it("goes on where an interrupted full run stood, and still sees what appeared behind it", async () => {
    await server.makeCalendar("resume");
    const { remoteId } = await calendarNamed("resume");
    for (const n of [2, 3, 4, 5]) await server.put("resume", `e${n}.ics`, simpleEvent(`e${n}`, n));
    const pull = provider.pull({ calendarRemoteId: remoteId, mode: "full", cursor: null, pageToken: null, known: knownOf(), pageSize: 2 });
    const page = (await pull.next()).value;
    await pull.return();
    if (page?.kind !== "page") throw new Error("expected a page");

    await server.put("resume", "e1.ics", simpleEvent("e1", 1));
    const rest = await pullAll(provider, { calendarRemoteId: remoteId, pageToken: page.pageToken, known: knownAfter(page.changes), pageSize: 2 });
    expect(rest.changes.map((change) => change.remoteId)).toEqual(["/ann/resume/e1.ics", "/ann/resume/e4.ics", "/ann/resume/e5.ics"]);
  });

  it("reports an empty calendar as a complete, empty listing", async () => {
    await server.makeCalendar("empty");
    const { remoteId } = await calendarNamed("empty");
    const known = new Map([["/ann/empty/old.ics", '"1"']]);
    const { pages } = await pullAll(provider, { calendarRemoteId: remoteId, known });
    expect(pages).toMatchObject([{ changes: [{ kind: "deleted", remoteId: "/ann/empty/old.ics", occurrence: null }], listed: 0, deletions: 1, last: true }]);
  });

  it("says gone for a calendar that was deleted", async () => {
    const { results } = await pullAll(provider, { calendarRemoteId: `${server.url}ann/never/` });
    expect(results).toEqual([{ kind: "gone" }]);
  });

  it("reads a series with its exception, in the zone it was written in", async () => {
    await server.makeCalendar("series");
    const { remoteId } = await calendarNamed("series");
    await server.put("series", "s.ics", [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x",
      "BEGIN:VEVENT", "UID:s", "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/Berlin:20260302T140000",
      "DTEND;TZID=Europe/Berlin:20260302T150000", "RRULE:FREQ=WEEKLY", "SUMMARY:Weekly", "END:VEVENT",
      "BEGIN:VEVENT", "UID:s", "DTSTAMP:20260101T000000Z", "RECURRENCE-ID;TZID=Europe/Berlin:20260309T140000",
      "DTSTART;TZID=Europe/Berlin:20260310T160000", "DTEND;TZID=Europe/Berlin:20260310T170000", "SUMMARY:Later", "END:VEVENT",
      "END:VCALENDAR", "",
    ].join("\r\n"));
    const { changes } = await pullAll(provider, { calendarRemoteId: remoteId });
    const events = changes[0]?.kind === "upsert" ? changes[0].events : [];
    expect(events.map(({ title, start, recurrenceId }) => [title, start, recurrenceId !== null])).toEqual([
      ["Weekly", { kind: "zoned", local: "2026-03-02T14:00:00", timeZone: "Europe/Berlin" }, false],
      ["Later", { kind: "zoned", local: "2026-03-10T16:00:00", timeZone: "Europe/Berlin" }, true],
    ]);
  });

  it("leaves tasks in a mixed calendar out, and does not read them again", async () => {
    await server.makeCalendar("mixed");
    const { remoteId } = await calendarNamed("mixed");
    await server.put("mixed", "task.ics", eventText("t", ["SUMMARY:Task"]).replaceAll("VEVENT", "VTODO"));
    await server.put("mixed", "e.ics", simpleEvent("e", 1));
    const { changes, pages } = await pullAll(provider, { calendarRemoteId: remoteId });
    expect(changes.map(({ remoteId: id }) => id)).toEqual(["/ann/mixed/e.ics"]);
    expect(pages[0]?.listed).toBe(1);
  });
});

describe("a broken object in the server's own storage", () => {
  it("hides no other calendar, stops no known event, and is reported", async () => {
    await server.makeCalendar("broken");
    const { remoteId } = await calendarNamed("broken");
    for (const n of [1, 2, 3]) await server.put("broken", `e${n}.ics`, simpleEvent(`e${n}`, n));
    const first = await pullAll(provider, { calendarRemoteId: remoteId });
    const known = knownAfter(first.changes);
    const { cursor } = first;

    await server.put("broken", "e2.ics", simpleEvent("e2", 2, "Changed"));
    const file = path.join(server.folderOf("broken"), "bad.ics");
    await writeFile(file, "this is not a calendar");

    expect((await provider.listCalendars()).kind).toBe("calendars");
    const { results, changes } = await pullAll(provider, { calendarRemoteId: remoteId, mode: "incremental", known, cursor });
    expect(changes).toMatchObject([{ kind: "upsert", iCalUID: "e2", events: [{ title: "Changed" }] }]);
    expect(results.at(-1)).toMatchObject({ kind: "unavailable", code: "listing_failed" });

    await rm(file);
    const healed = await pullAll(provider, { calendarRemoteId: remoteId, mode: "incremental", known: knownAfter(changes, known), cursor });
    expect(healed.pages).toMatchObject([{ changes: [], last: true, cursor: expect.stringMatching(/^sync-token /) }]);
  });
});
