import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { describe, expect, it } from "vitest";
import { type Sandbox } from "../../../sandbox";
import { connected, listAll, refusalOf, valid } from "../../../testing/google-client";
import { NORA } from "../../../testing/empty-world";
import { sandboxPerTest } from "../../../testing/sandbox-per-test";

const BERLIN = "Europe/Berlin";
const calendarId = "primary";

let sandbox: Sandbox;
let api: calendar_v3.Calendar;
sandboxPerTest((given) => ({ sandbox, api } = given));

const timed = (start: string, end: string, timeZone = BERLIN): calendar_v3.Schema$Event => ({ start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } });
const insert = (requestBody: calendar_v3.Schema$Event) => valid("Event", api.events.insert({ calendarId, requestBody, conferenceDataVersion: 1 }));
const series = () => insert({ summary: "Standing", ...timed("2026-03-23T09:00:00", "2026-03-23T09:30:00"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4"] });
const stored = async (parameters: Partial<calendar_v3.Params$Resource$Events$List> = {}) => (await listAll(api, { calendarId, ...parameters })).events;

describe("inserting", () => {
  it("keeps what was sent and adds what Google adds", async () => {
    const sent = {
      summary: "Dinner",
      location: "Kitchen",
      colorId: "5",
      transparency: "transparent",
      visibility: "private",
      extendedProperties: { private: { origin: "elsewhere" }, shared: { "with.dot": "1" } },
      reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 15 }] },
      attendees: [{ email: "ana@example.com" }, { email: NORA.email, responseStatus: "accepted" }],
      ...timed("2026-03-10T19:00:00+01:00", "2026-03-10T21:00:00+01:00"),
    };
    const event = await insert(sent);
    expect(event).toMatchObject({ ...sent, status: "confirmed", sequence: 0, iCalUID: `${event.id}@google.com`, creator: { email: NORA.email, self: true }, organizer: { self: true } });
    expect(event.attendees).toMatchObject([{ responseStatus: "needsAction" }, { self: true, organizer: true }]);
  });

  it("takes an id of the client's once, and never again", async () => {
    const requestBody = { id: "lineartime0abc", ...timed("2026-03-10T19:00:00Z", "2026-03-10T20:00:00Z") };
    await insert(requestBody);
    expect(await refusalOf(insert(requestBody))).toEqual({ status: 409, reason: "duplicate" });
    await api.events.delete({ calendarId, eventId: "lineartime0abc" });
    expect(await refusalOf(insert(requestBody))).toEqual({ status: 409, reason: "duplicate" });
    expect(await refusalOf(insert({ ...requestBody, id: "not-base32hex" }))).toEqual({ status: 400, reason: "invalid" });
  });

  it("tells times on the calendar's clock and keeps the zone they were made in", async () => {
    const event = await insert(timed("2026-03-10T09:00:00", "2026-03-10T10:00:00", "America/New_York"));
    expect(event.start).toEqual({ dateTime: "2026-03-10T14:00:00+01:00", timeZone: "America/New_York" });
    const inTokyo = await valid("Event", api.events.get({ calendarId, eventId: event.id ?? "", timeZone: "Asia/Tokyo" } as calendar_v3.Params$Resource$Events$Get));
    expect(inTokyo.start?.dateTime).toBe("2026-03-10T22:00:00+09:00");
  });

  it("makes a meeting where one is asked for", async () => {
    const event = await insert({ ...timed("2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z"), conferenceData: { createRequest: { requestId: "r1", conferenceSolutionKey: { type: "hangoutsMeet" } } } });
    expect(event.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    expect(event.conferenceData?.createRequest?.status?.statusCode).toBe("success");
    // A client that says nothing of conferences leaves the meeting as it is.
    const renamed = await valid("Event", api.events.patch({ calendarId, eventId: event.id ?? "", requestBody: { summary: "Named" } }));
    expect(renamed.hangoutLink).toBe(event.hangoutLink);
  });

  it.each<[string, calendar_v3.Schema$Event, string]>([
    ["no end", { start: { date: "2026-03-10" } }, "required"],
    ["mixed kinds", { start: { date: "2026-03-10" }, end: { dateTime: "2026-03-11T10:00:00Z" } }, "invalid"],
    ["both kinds at once", { start: { date: "2026-03-10", dateTime: "2026-03-10T10:00:00Z" }, end: { date: "2026-03-11" } }, "invalid"],
    ["an end before the start", timed("2026-03-10T10:00:00Z", "2026-03-10T09:00:00Z"), "timeRangeEmpty"],
    ["an all-day event of no days", { start: { date: "2026-03-10" }, end: { date: "2026-03-10" } }, "timeRangeEmpty"],
    ["a day that does not exist", { start: { date: "2026-02-30" }, end: { date: "2026-03-01" } }, "invalid"],
    ["a wall time without a zone", { start: { dateTime: "2026-03-10T10:00:00" }, end: { dateTime: "2026-03-10T11:00:00" } }, "required"],
    ["a zone that does not exist", timed("2026-03-10T10:00:00", "2026-03-10T11:00:00", "Mars/Olympus"), "invalid"],
    ["a rule that is none", { ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00"), recurrence: ["RRULE:FREQ=SOMETIMES"] }, "invalid"],
    ["DTSTART among the rules", { ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00"), recurrence: ["DTSTART:20260310T100000Z"] }, "invalid"],
    ["a series without a zone", { start: { dateTime: "2026-03-10T10:00:00Z" }, end: { dateTime: "2026-03-10T11:00:00Z" }, recurrence: ["RRULE:FREQ=DAILY"] }, "required"],
    ["a field of the wrong type", { ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00"), summary: 5 as unknown as string }, "invalid"],
  ])("refuses %s", async (_what, requestBody, reason) => {
    expect(await refusalOf(insert(requestBody))).toEqual({ status: 400, reason });
  });
});

describe("changing", () => {
  it("patches what is named, and replaces all with an update", async () => {
    const event = await insert({ summary: "Before", location: "Here", description: "Long", extendedProperties: { private: { a: "1", b: "2" } }, ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00") });
    const eventId = event.id ?? "";
    const patched = await valid("Event", api.events.patch({ calendarId, eventId, requestBody: { summary: "After", description: null, extendedProperties: { private: { b: "3" } } } }));
    expect(patched).toMatchObject({ summary: "After", location: "Here", sequence: 0, extendedProperties: { private: { a: "1", b: "3" } } });
    expect(patched.description).toBeUndefined();
    const updated = await valid("Event", api.events.update({ calendarId, eventId, requestBody: { summary: "Whole", ...timed("2026-03-10T12:00:00", "2026-03-10T13:00:00") } }));
    expect(updated).toMatchObject({ summary: "Whole", sequence: 1, created: event.created, iCalUID: event.iCalUID });
    expect(updated.location).toBeUndefined();
  });

  it("holds the etag: 412 where somebody else was quicker, for updates, patches and deletions", async () => {
    const event = await insert({ summary: "One", ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00") });
    const eventId = event.id ?? "";
    const seen = { headers: { "If-Match": event.etag ?? "" } };
    const second = await valid("Event", api.events.patch({ calendarId, eventId, requestBody: { summary: "Two" } }, seen));
    expect(second.etag).not.toBe(event.etag);
    const conflict = { status: 412, reason: "conditionNotMet" };
    expect(await refusalOf(api.events.patch({ calendarId, eventId, requestBody: { summary: "Three" } }, seen))).toEqual(conflict);
    expect(await refusalOf(api.events.update({ calendarId, eventId, requestBody: event }, seen))).toEqual(conflict);
    expect(await refusalOf(api.events.delete({ calendarId, eventId }, seen))).toEqual(conflict);
    expect((await api.events.get({ calendarId, eventId })).data.summary).toBe("Two");
    const known = await api.events.get({ calendarId, eventId }, { headers: { "If-None-Match": second.etag ?? "" }, validateStatus: () => true });
    expect(known.status).toBe(304);
  });

  it("refuses a sequence that has been overtaken", async () => {
    const event = await insert(timed("2026-03-10T10:00:00", "2026-03-10T11:00:00"));
    const requestBody = { ...timed("2026-03-10T12:00:00", "2026-03-10T13:00:00"), sequence: 5 };
    expect((await api.events.update({ calendarId, eventId: event.id ?? "", requestBody })).data.sequence).toBe(5);
    expect(await refusalOf(api.events.update({ calendarId, eventId: event.id ?? "", requestBody: { ...requestBody, sequence: 1 } }))).toMatchObject({ status: 400 });
  });

  it("deletes once, keeps the event to be read, and can bring it back", async () => {
    const { id } = await insert({ summary: "Here and gone", ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00") });
    const eventId = id ?? "";
    await api.events.delete({ calendarId, eventId });
    expect(await refusalOf(api.events.delete({ calendarId, eventId }))).toEqual({ status: 410, reason: "deleted" });
    expect((await valid("Event", api.events.get({ calendarId, eventId }))).status).toBe("cancelled");
    await api.events.patch({ calendarId, eventId, requestBody: { status: "confirmed" } });
    expect(await stored()).toMatchObject([{ id, status: "confirmed", summary: "Here and gone" }]);
  });

  it("moves an event to another calendar under the same id", async () => {
    const { data: other } = await api.calendars.insert({ requestBody: { summary: "Other" } });
    const { id } = await insert({ summary: "Moving", ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00") });
    const moved = await valid("Event", api.events.move({ calendarId, eventId: id ?? "", destination: other.id ?? "" }));
    expect(moved).toMatchObject({ id, summary: "Moving", organizer: { email: other.id } });
    expect(await stored({ showDeleted: true })).toMatchObject([{ id, status: "cancelled" }]);
  });

  it("mails guests only where the call says so", async () => {
    const { id } = await insert({ summary: "With Ana", attendees: [{ email: "ana@example.com" }], ...timed("2026-03-10T10:00:00", "2026-03-10T11:00:00") });
    await api.events.patch({ calendarId, eventId: id ?? "", sendUpdates: "none", requestBody: { summary: "Still with Ana" } });
    expect(sandbox.control.google.mails()).toEqual([]);
    await api.events.delete({ calendarId, eventId: id ?? "", sendUpdates: "all" });
    expect(sandbox.control.google.mails()).toMatchObject([{ to: "ana@example.com", subject: "Cancelled: Still with Ana" }]);
  });
});

describe("series", () => {
  it("are told as a master with its exceptions, or as instances at a constant time of day", async () => {
    const master = await series();
    const second = `${master.id}_20260330T070000Z`;
    // The clocks change between the first and the second.
    const { items = [] } = await valid("Events", api.events.instances({ calendarId, eventId: master.id ?? "" }));
    expect(items.map(({ id, start }) => [id, start?.dateTime])).toEqual([
      [`${master.id}_20260323T080000Z`, "2026-03-23T09:00:00+01:00"],
      [second, "2026-03-30T09:00:00+02:00"],
      [`${master.id}_20260406T070000Z`, "2026-04-06T09:00:00+02:00"],
      [`${master.id}_20260413T070000Z`, "2026-04-13T09:00:00+02:00"],
    ]);
    expect(await stored()).toHaveLength(1);

    const moved = await valid("Event", api.events.patch({ calendarId, eventId: second, requestBody: { ...timed("2026-03-31T14:00:00", "2026-03-31T14:30:00"), summary: "Moved" } }));
    expect(moved).toMatchObject({ id: second, recurringEventId: master.id, originalStartTime: { dateTime: "2026-03-30T09:00:00+02:00" }, sequence: 1, iCalUID: master.iCalUID });
    expect(moved.recurrence).toBeUndefined();
    await api.events.delete({ calendarId, eventId: `${master.id}_20260406T070000Z` });

    // The hole is told even where deleted events are not asked for: otherwise nobody could expand the series.
    expect((await stored()).map(({ id, status }) => [id, status])).toEqual([
      [master.id, "confirmed"],
      [second, "confirmed"],
      [`${master.id}_20260406T070000Z`, "cancelled"],
    ]);
    const instances = await stored({ singleEvents: true, orderBy: "startTime" });
    expect(instances.map(({ summary, start }) => [summary, start?.dateTime])).toEqual([
      ["Standing", "2026-03-23T09:00:00+01:00"],
      ["Moved", "2026-03-31T14:00:00+02:00"],
      ["Standing", "2026-04-13T09:00:00+02:00"],
    ]);
  });

  it("take a moved exception with them when it is cancelled after all: only its place is told", async () => {
    const master = await series();
    const eventId = `${master.id}_20260330T070000Z`;
    const { syncToken } = await listAll(api, { calendarId });
    await api.events.patch({ calendarId, eventId, requestBody: timed("2026-03-31T14:00:00", "2026-03-31T14:30:00") });
    await api.events.delete({ calendarId, eventId });
    expect(await stored({ syncToken })).toEqual([
      expect.objectContaining({ id: eventId, status: "cancelled", recurringEventId: master.id, originalStartTime: { dateTime: "2026-03-30T09:00:00+02:00", timeZone: BERLIN } }),
    ]);
  });

  it("are deleted with their exceptions", async () => {
    const master = await series();
    await api.events.patch({ calendarId, eventId: `${master.id}_20260330T070000Z`, requestBody: { summary: "Other" } });
    const { syncToken } = await listAll(api, { calendarId });
    await api.events.delete({ calendarId, eventId: master.id ?? "" });
    expect((await stored({ syncToken })).map(({ id, status }) => [id, status])).toEqual([
      [master.id, "cancelled"],
      [`${master.id}_20260330T070000Z`, "cancelled"],
    ]);
    expect(await stored()).toEqual([]);
  });

  it("end exceptions of what a changed rule no longer produces", async () => {
    const master = await series();
    const last = `${master.id}_20260413T070000Z`;
    await api.events.patch({ calendarId, eventId: last, requestBody: { summary: "Farewell" } });
    const { syncToken } = await listAll(api, { calendarId });
    await api.events.patch({ calendarId, eventId: master.id ?? "", requestBody: { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] } });
    const changed = await stored({ syncToken });
    expect(changed.map(({ id, status }) => [id, status])).toEqual([
      [master.id, "confirmed"],
      [last, "cancelled"],
    ]);
  });

  it("of whole days have dates in their instances' ids", async () => {
    const master = await insert({ summary: "Bins", start: { date: "2026-03-27" }, end: { date: "2026-03-28" }, recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE;VALUE=DATE:20260403", "RDATE;VALUE=DATE:20260405"] });
    const { items = [] } = await valid("Events", api.events.instances({ calendarId, eventId: master.id ?? "" }));
    expect(items.map(({ id, start }) => [id, start])).toEqual([
      [`${master.id}_20260327`, { date: "2026-03-27" }],
      [`${master.id}_20260405`, { date: "2026-04-05" }],
    ]);
  });

  it("have no instance where their rule has none", async () => {
    const { id } = await series();
    expect(await refusalOf(api.events.get({ calendarId, eventId: `${id}_20260401T070000Z` }))).toEqual({ status: 404, reason: "notFound" });
  });
});

describe("access", () => {
  it("is what the scopes and the calendar's role allow", async () => {
    const reading = connected(sandbox, NORA.email, ["https://www.googleapis.com/auth/calendar.events.readonly"]);
    await reading.events.list({ calendarId });
    expect(await refusalOf(reading.events.insert({ calendarId, requestBody: timed("2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z") }))).toMatchObject({ status: 403, reason: "insufficientPermissions" });
    expect(await refusalOf(reading.calendarList.list())).toMatchObject({ status: 403 });
    expect(await refusalOf(api.events.insert({ calendarId: "holidays#holiday@group.v.calendar.google.com", requestBody: { start: { date: "2026-03-10" }, end: { date: "2026-03-11" } } }))).toEqual({ status: 403, reason: "requiredAccessLevel" });
    expect(await refusalOf(api.events.list({ calendarId: "somebody@example.com" }))).toEqual({ status: 404, reason: "notFound" });
  });

  it("ends for a while when the quota is used up", async () => {
    sandbox.control.google.changeSettings({ callsPerMinutePerUser: 2 });
    await api.events.list({ calendarId });
    await api.events.list({ calendarId });
    expect(await refusalOf(api.events.list({ calendarId }))).toEqual({ status: 403, reason: "userRateLimitExceeded" });
  });
});
