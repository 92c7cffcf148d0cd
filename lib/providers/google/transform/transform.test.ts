import { describe, expect, it } from "vitest";
import { expand } from "../../../events/expand";
import { time } from "../../../events/testing/events";
import type { UnifiedEvent } from "../../../events/model";
import { writablePart } from "../../transform/kept-fields";
import { googleKeepPlan } from "./event-json";
import { fromUnified, patchFromUnified } from "./from-unified";
import { toUnified } from "./to-unified";

const CONTEXT = { calendarTimeZone: "Europe/Amsterdam" };

const meeting = {
  kind: "calendar#event", id: "abc", etag: "\"1\"", status: "confirmed", iCalUID: "abc@google.com", sequence: 2, eventType: "default",
  summary: "Review", description: "<p>Bring <b>notes</b></p><p>and tea</p>", location: "Room 1",
  htmlLink: "https://calendar.example.com/abc", created: "2026-01-01T00:00:00Z", updated: "2026-01-01T00:00:00Z",
  creator: { email: "me@example.com", self: true }, organizer: { email: "me@example.com", displayName: "Me", self: true },
  start: { dateTime: "2026-08-03T10:00:00+02:00", timeZone: "Europe/Amsterdam" }, end: { dateTime: "2026-08-03T11:00:00+02:00", timeZone: "Europe/Amsterdam" },
  attendees: [
    { email: "me@example.com", self: true, organizer: true, responseStatus: "declined" },
    { email: "guest@example.com", displayName: "Guest", id: "117", responseStatus: "tentative", optional: true, comment: "late", additionalGuests: 2 },
    { email: "room@example.com", resource: true, responseStatus: "accepted" },
  ],
  reminders: { useDefault: false, overrides: [{ method: "email", minutes: 30 }] },
  extendedProperties: { private: { key: "value" }, shared: { other: "1" } },
  guestsCanModify: true, guestsCanInviteOthers: false, colorId: "11", source: { title: "A page", url: "https://example.com/page" },
  attachments: [{ fileUrl: "https://drive.example.com/1", title: "Plan", mimeType: "text/plain", iconLink: "https://drive.example.com/icon", fileId: "f1" }],
  conferenceData: {
    conferenceId: "aaa-bbbb-ccc", signature: "s", conferenceSolution: { iconUri: "https://example.com/i.png", key: { type: "hangoutsMeet" }, name: "Google Meet" },
    entryPoints: [{ entryPointType: "video", label: "meet", uri: "https://meet.example.com/aaa" }, { entryPointType: "phone", uri: "tel:+1", pin: "22", regionCode: "US" }],
  },
};

function read(json: object): UnifiedEvent {
  const reading = toUnified({ ...meeting, ...json }, CONTEXT);
  if (reading.kind !== "event") throw new Error(JSON.stringify(reading));
  return reading.event;
}

const written = (event: UnifiedEvent) => fromUnified(event, CONTEXT).body;

describe("a Google event", () => {
  it("says in our words what it says in Google's", () => {
    expect(read({})).toMatchObject({
      iCalUID: "abc@google.com", title: "Review", description: "Bring notes\nand tea", location: "Room 1", url: "https://example.com/page",
      start: time("2026-08-03T10:00 @Europe/Amsterdam"), end: time("2026-08-03T11:00 @Europe/Amsterdam"),
      status: "confirmed", transparency: "opaque", visibility: "default", purpose: "default", color: "#dc2127", recurrence: null, sequence: 2,
      organizer: { name: "Me", email: "me@example.com" }, ownResponse: "declined",
      attendees: [
        { email: "me@example.com", response: "declined", role: "required", kind: "individual" },
        { name: "Guest", response: "tentative", role: "optional", comment: "late", additionalGuests: 2 },
        { email: "room@example.com", kind: "resource" },
      ],
      reminders: { useDefault: false, list: [{ kind: "before", method: "email", minutes: 30, relatedTo: "start" }] },
      conference: { service: "hangoutsMeet", name: "Google Meet", id: "aaa-bbbb-ccc", entries: [{ kind: "video", uri: "https://meet.example.com/aaa" }, { kind: "phone", code: "22" }] },
      attachments: [{ title: "Plan", url: "https://drive.example.com/1", mimeType: "text/plain" }],
      warnings: [],
    });
  });

  it("comes back with everything that can be written", () => {
    expect(written(read({}))).toEqual(writablePart(meeting, googleKeepPlan));
  });

  it("keeps the rest when one field was changed", () => {
    const event = read({});
    const [me, guest, room] = event.attendees;
    if (!me || !guest || !room) throw new Error("attendees");
    const after: UnifiedEvent = { ...event, description: "Tea only", attendees: [me, { ...guest, response: "accepted" }, room] };
    expect(patchFromUnified(event, after, CONTEXT).body).toEqual({
      description: "Tea only",
      attendees: [
        { email: "me@example.com", responseStatus: "declined" },
        { email: "guest@example.com", displayName: "Guest", id: "117", responseStatus: "accepted", optional: true, comment: "late", additionalGuests: 2 },
        { email: "room@example.com", resource: true, responseStatus: "accepted" },
      ],
    });
  });

  it("sends both ends when one moves, and null for what is gone", () => {
    const event = read({});
    const after: UnifiedEvent = { ...event, start: time("2026-08-03"), end: time("2026-08-04"), location: null };
    expect(patchFromUnified(event, after, CONTEXT).body).toEqual({ start: { date: "2026-08-03" }, end: { date: "2026-08-04" }, location: null });
  });
});

describe("times", () => {
  const startOf = (start: object) => read({ start, end: start }).start;

  it.each([
    ["an offset in a zone", { dateTime: "2026-08-03T10:00:00+02:00", timeZone: "America/New_York" }, "2026-08-03T04:00 @America/New_York"],
    ["an offset alone is in the calendar's zone", { dateTime: "2026-08-03T10:00:00Z" }, "2026-08-03T12:00 @Europe/Amsterdam"],
    ["no offset", { dateTime: "2026-08-03T10:00:00", timeZone: "America/New_York" }, "2026-08-03T10:00 @America/New_York"],
    ["the second of a repeated hour keeps its instant", { dateTime: "2026-10-25T02:30:00+01:00", timeZone: "Europe/Amsterdam" }, "2026-10-25T01:30Z"],
    ["an old name", { dateTime: "2026-08-03T10:00:00+03:00", timeZone: "Europe/Kiev" }, "2026-08-03T10:00 @Europe/Kyiv"],
    ["a date", { date: "2026-08-03" }, "2026-08-03"],
  ])("%s", (_, json, expected) => expect(startOf(json)).toEqual(time(expected)));

  it("without offset and zone float where the calendar's zone is not known", () => {
    const reading = toUnified({ ...meeting, start: { dateTime: "2026-08-03T10:00:00" }, end: { dateTime: "2026-08-03T10:00:00" } }, { calendarTimeZone: null });
    expect(reading).toMatchObject({ kind: "event", event: { start: time("2026-08-03T10:00") } });
  });

  it("in an unknown zone keep their instant, with a warning", () => {
    const event = read({ start: { dateTime: "2026-08-03T10:00:00+02:00", timeZone: "Mars/Base" } });
    expect([event.start, event.warnings[0]?.code]).toEqual([time("2026-08-03T08:00Z"), "unknown_time_zone"]);
  });
});

describe("series", () => {
  const lines = ["RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=MO", "EXDATE;TZID=Europe/Amsterdam:20260810T100000", "RDATE;VALUE=DATE-TIME:20260805T080000Z", "EXRULE:FREQ=MONTHLY"];

  it("are read with their dates, and repeat as Google shows them", () => {
    const master = read({ recurrence: lines });
    expect(master.recurrence).toEqual({
      rrules: ["FREQ=WEEKLY;COUNT=6;BYDAY=MO"],
      rdates: [{ start: time("2026-08-05T08:00Z"), end: null }],
      exdates: [time("2026-08-10T10:00 @Europe/Amsterdam")],
    });
    expect(master.warnings.map(({ code }) => code)).toEqual(["unsupported_rule"]);
    const { occurrences } = expand({ master, exceptions: [] }, { startAt: Date.UTC(2026, 7), endAt: Date.UTC(2026, 8) }, { floatingTimeZone: "UTC", limit: 50 });
    expect(occurrences.map(({ startAt }) => new Date(startAt).toISOString().slice(5, 13))).toEqual(["08-03T08", "08-05T08", "08-17T08", "08-24T08", "08-31T08"]);
    expect(written(master)["recurrence"]).toEqual(lines);
  });

  it("tell their exceptions apart by the original start", () => {
    const reading = toUnified({ ...meeting, id: "abc_1", recurringEventId: "abc", originalStartTime: { dateTime: "2026-08-10T10:00:00+02:00", timeZone: "Europe/Amsterdam" } }, CONTEXT);
    expect(reading).toMatchObject({ kind: "event", seriesRemoteId: "abc", event: { recurrenceId: time("2026-08-10T10:00 @Europe/Amsterdam") } });
  });

  it.each([
    ["with what Google promises", { recurringEventId: "abc", originalStartTime: { dateTime: "2026-08-10T10:00:00+02:00", timeZone: "Europe/Amsterdam" } }, "2026-08-10T10:00 @Europe/Amsterdam"],
    ["with its id alone", {}, "2026-08-10T08:00Z"],
  ])("lose an instance that was deleted, %s", (_, more, recurrenceId) => {
    expect(toUnified({ id: "abc_20260810T080000Z", status: "cancelled", ...more }, CONTEXT))
      .toEqual({ kind: "deleted", remoteId: "abc_20260810T080000Z", seriesRemoteId: "abc", recurrenceId: time(recurrenceId) });
  });
});

describe("what cannot be read", () => {
  it.each([
    [null, null, "something that is not an event"],
    [{ summary: "x" }, null, "without an id"],
    [{ id: "a" }, "a", "no start"],
    [{ id: "a", start: "tomorrow" }, "a", "“start” cannot be read"],
    [{ id: "a", start: { date: "2026-02-30" } }, "a", "“start” is not a date"],
    [{ id: "a", start: { dateTime: "2026-08-03 10:00" } }, "a", "“start” is not a date"],
    [{ id: "a", start: { date: "2026-08-03" }, end: { date: 5 } }, "a", "“end” cannot be read"],
    [{ id: "a", start: { date: "2026-08-03" }, originalStartTime: { date: "x" } }, "a", "“originalStartTime” is not a date"],
  ])("is named: %j", (json, remoteId, reason) => {
    expect(toUnified(json, CONTEXT)).toEqual({ kind: "unreadable", remoteId, reason: expect.stringContaining(reason) });
  });

  it("spoils nothing else, and is still there when the event is written", () => {
    const event = read({ attendees: "everybody", reminders: { overrides: [{ minutes: "ten" }] }, recurrence: ["RRULE:FREQ=NEVER", "BEGIN:VEVENT\nEND:VEVENT"], sequence: -1 });
    expect(event).toMatchObject({ title: "Review", attendees: [], reminders: null, sequence: 0 });
    expect(event.warnings.map(({ code }) => code).sort()).toEqual(["unreadable_field", "unreadable_field", "unreadable_field", "unsupported_rule", "unsupported_rule"]);
    expect(written(event)).toMatchObject({ attendees: "everybody", sequence: -1, recurrence: ["RRULE:FREQ=NEVER", "BEGIN:VEVENT\nEND:VEVENT"] });
  });

  it("never throws, whatever a field holds", () => {
    const values: unknown[] = [null, 0, -1, "", "x", true, [], [null], {}, { date: null }, { dateTime: "9999-99-99T99:99:99Z" }, { dateTime: "0000-01-01T00:00:00Z" }, [{}], JSON.parse('{"__proto__": 1}')];
    for (const name of [...googleKeepPlan.fields, "id", "recurringEventId"]) for (const value of values) {
      const reading = toUnified({ ...meeting, [name]: value }, CONTEXT);
      if (reading.kind === "event") expect(() => written(reading.event)).not.toThrow();
    }
  });
});

describe("limits", () => {
  it("are named where an event runs into them", () => {
    const event = { ...read({}), color: "#123456", categories: ["Work"] };
    const { limits } = fromUnified(event, CONTEXT);
    expect(limits.map(({ code }) => code)).toEqual(["color", "categories"]);
    expect(limits[1]?.message).toBe("Google Calendar has no categories.");
  });
});
