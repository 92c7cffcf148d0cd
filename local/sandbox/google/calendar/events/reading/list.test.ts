import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { describe, expect, it } from "vitest";
import { type Sandbox } from "../../../../sandbox";
import { listAll, refusalOf, valid } from "../../../../testing/google-client";
import { NORA } from "../../../../testing/empty-world";
import { sandboxPerTest } from "../../../../testing/sandbox-per-test";

const calendarId = "primary";
let sandbox: Sandbox;
let api: calendar_v3.Calendar;
sandboxPerTest((given) => ({ sandbox, api } = given));

/** Adds one-day events on the first days of March and returns their ids. */
const addDays = (count: number, more: calendar_v3.Schema$Event = {}): string[] =>
  Array.from({ length: count }, (_, index) => {
    const day = (offset: number) => ({ date: `2026-03-${String(index + 1 + offset).padStart(2, "0")}` });
    return sandbox.control.google.addEvent(NORA.email, { summary: `Day ${index + 1}`, start: day(0), end: day(1), ...more }).id ?? "";
  });
const ids = (events: readonly calendar_v3.Schema$Event[] | undefined) => (events ?? []).map(({ id }) => id);

describe("pages", () => {
  it("carry a sync token on the last one only, and what changes meanwhile comes with the next listing", async () => {
    const added = addDays(5);
    const first = await valid("Events", api.events.list({ calendarId, maxResults: 2 }));
    expect(ids(first.items)).toEqual(added.slice(0, 2));
    expect(first.nextSyncToken).toBeUndefined();

    sandbox.control.google.changeEvent(NORA.email, added[0] ?? "", { summary: "Changed behind the page" });
    sandbox.control.google.deleteEvent(NORA.email, added[3] ?? "");
    const late = addDays(1)[0];
    const second = await valid("Events", api.events.list({ calendarId, maxResults: 2, pageToken: first.nextPageToken ?? "" }));
    const third = await valid("Events", api.events.list({ calendarId, maxResults: 2, pageToken: second.nextPageToken ?? "" }));
    expect([...ids(second.items), ...ids(third.items)]).toEqual([added[2], added[4], late]);
    const { events } = await listAll(api, { calendarId, syncToken: third.nextSyncToken ?? "" });
    expect(events.map(({ id, status }) => [id, status])).toEqual([
      [added[0], "confirmed"],
      [added[3], "cancelled"],
      [late, "confirmed"],
    ]);
  });

  it("belong to the query that began them", async () => {
    addDays(3);
    const { nextPageToken } = await valid("Events", api.events.list({ calendarId, maxResults: 1 }));
    const pageToken = nextPageToken ?? "";
    expect(await refusalOf(api.events.list({ calendarId, maxResults: 1, pageToken, showDeleted: true }))).toMatchObject({ status: 400 });
    expect(await refusalOf(api.events.list({ calendarId, pageToken: `${pageToken.slice(0, -3)}A=` }))).toMatchObject({ status: 400 });
  });

  it("never have more than 2,500 events, nor none where none can be", async () => {
    expect(await refusalOf(api.events.list({ calendarId, maxResults: 0 }))).toMatchObject({ status: 400 });
  });
});

describe("sync tokens", () => {
  it.each<[string, Partial<calendar_v3.Params$Resource$Events$List>]>([
    ["iCalUID", { iCalUID: "x" }],
    ["orderBy", { orderBy: "updated" }],
    ["privateExtendedProperty", { privateExtendedProperty: ["a=b"] }],
    ["q", { q: "x" }],
    ["sharedExtendedProperty", { sharedExtendedProperty: ["a=b"] }],
    ["timeMin", { timeMin: "2026-03-01T00:00:00Z" }],
    ["timeMax", { timeMax: "2026-03-01T00:00:00Z" }],
    ["updatedMin", { updatedMin: "2026-03-01T00:00:00Z" }],
    ["showDeleted=false", { showDeleted: false }],
  ])("are refused together with %s", async (_name, parameters) => {
    const { syncToken } = await listAll(api, { calendarId });
    expect(await refusalOf(api.events.list({ calendarId, syncToken, ...parameters }))).toMatchObject({ status: 400 });
  });

  it("are refused when they are another calendar's or nobody's, and expired ones answer 410", async () => {
    const { syncToken } = await listAll(api, { calendarId });
    expect(await refusalOf(api.events.list({ calendarId: "holidays#holiday@group.v.calendar.google.com", syncToken }))).toMatchObject({ status: 400 });
    expect(await refusalOf(api.events.list({ calendarId, syncToken: "CAES" }))).toMatchObject({ status: 400 });
    sandbox.control.google.expireCursors(null);
    expect(await refusalOf(api.events.list({ calendarId, syncToken }))).toEqual({ status: 410, reason: "fullSyncRequired" });
  });

  it("come in pages too, each change once and in its order", async () => {
    const { syncToken } = await listAll(api, { calendarId });
    const added = addDays(5);
    sandbox.control.google.changeEvent(NORA.email, added[1] ?? "", { summary: "Again" });
    const delta = await listAll(api, { calendarId, syncToken, maxResults: 2 });
    expect(delta.pages).toBe(3);
    expect(ids(delta.events)).toEqual([added[0], added[2], added[3], added[4], added[1]]);
  });

  it("tell instances where instances were asked for, within the window of the first listing", async () => {
    const recurrence = ["RRULE:FREQ=DAILY"];
    const [id = ""] = addDays(1, { recurrence });
    const window = { timeMin: "2026-03-05T00:00:00Z", timeMax: "2026-03-08T00:00:00Z" };
    const full = await listAll(api, { calendarId, singleEvents: true, ...window });
    const within = ["20260305", "20260306", "20260307"].map((day) => `${id}_${day}`);
    expect(ids(full.events)).toEqual(within);
    sandbox.control.google.deleteEvent(NORA.email, `${id}_20260306`);
    const hole = await listAll(api, { calendarId, singleEvents: true, syncToken: full.syncToken });
    expect(hole.events).toMatchObject([{ id: within[1], status: "cancelled" }]);
    sandbox.control.google.deleteEvent(NORA.email, id);
    const gone = await listAll(api, { calendarId, singleEvents: true, syncToken: hole.syncToken });
    expect(gone.events.map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
  });

  it("tell instances that a changed rule no longer has, as deleted", async () => {
    const [id = ""] = addDays(1, { recurrence: ["RRULE:FREQ=DAILY;COUNT=4"] });
    const full = await listAll(api, { calendarId, singleEvents: true });
    sandbox.control.google.changeEvent(NORA.email, id, { recurrence: ["RRULE:FREQ=DAILY;COUNT=3;INTERVAL=2"] });
    const changed = await listAll(api, { calendarId, singleEvents: true, syncToken: full.syncToken });
    expect(changed.events.map((event) => [event.id?.slice(-2), event.status])).toEqual([
      ["01", "confirmed"],
      ["02", "cancelled"],
      ["03", "confirmed"],
      ["04", "cancelled"],
      ["05", "confirmed"],
    ]);
    sandbox.control.google.changeEvent(NORA.email, id, { recurrence: null });
    const single = await listAll(api, { calendarId, singleEvents: true, syncToken: changed.syncToken });
    expect(single.events.map((event) => [event.id, event.status])).toEqual([
      [id, "confirmed"],
      ...["01", "03", "05"].map((day) => [`${id}_202603${day}`, "cancelled"]),
    ]);
  });

  it("are not given where the listing leaves out what could not be told later", async () => {
    addDays(1);
    expect((await listAll(api, { calendarId, timeMin: "2026-01-01T00:00:00Z" })).syncToken).toBeDefined();
    expect((await listAll(api, { calendarId, singleEvents: true, orderBy: "startTime" })).syncToken).toBeUndefined();
    expect((await listAll(api, { calendarId, q: "day" })).syncToken).toBeUndefined();
  });
});

describe("filters", () => {
  it("take what touches the window: its end after timeMin, its start before timeMax", async () => {
    addDays(4);
    const { events } = await listAll(api, { calendarId, timeMin: "2026-03-02T00:00:00Z", timeMax: "2026-03-04T00:00:00Z" });
    expect(events.map(({ summary }) => summary)).toEqual(["Day 2", "Day 3"]);
    expect(await refusalOf(api.events.list({ calendarId, timeMin: "2026-03-02" }))).toMatchObject({ status: 400 });
    expect(await refusalOf(api.events.list({ calendarId, timeMin: "2026-03-04T00:00:00Z", timeMax: "2026-03-02T00:00:00Z" }))).toEqual({ status: 400, reason: "timeRangeEmpty" });
    expect(await refusalOf(api.events.list({ calendarId, orderBy: "startTime" }))).toMatchObject({ status: 400 });
  });

  it("find words, properties and UIDs", async () => {
    const [id] = addDays(1, { summary: "Lunch with Ana", location: "Canteen", extendedProperties: { private: { origin: "a=b" } } });
    addDays(1);
    expect(ids((await listAll(api, { calendarId, q: "canteen ana" })).events)).toEqual([id]);
    expect(ids((await listAll(api, { calendarId, privateExtendedProperty: ["origin=a=b"] })).events)).toEqual([id]);
    expect(ids((await listAll(api, { calendarId, sharedExtendedProperty: ["origin=a=b"] })).events)).toEqual([]);
    expect(ids((await listAll(api, { calendarId, iCalUID: `${id}@google.com` })).events)).toEqual([id]);
  });

  it("show deleted events where they are asked for", async () => {
    const [id = ""] = addDays(1);
    sandbox.control.google.deleteEvent(NORA.email, id);
    expect((await listAll(api, { calendarId })).events).toEqual([]);
    expect((await listAll(api, { calendarId, showDeleted: true })).events).toMatchObject([{ id, status: "cancelled" }]);
  });
});
