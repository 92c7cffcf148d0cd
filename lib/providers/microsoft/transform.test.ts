import { describe, expect, it } from "vitest";
import { time } from "../../events/testing/events";
import type { UnifiedEvent } from "../../events/model";
import { writablePart } from "../transform/kept-fields";
import { graphKeepPlan } from "./event-json";
import { fromUnified, patchFromUnified } from "./from-unified";
import { toUnified } from "./to-unified";

const CONTEXT = { mailboxTimeZone: "Europe/Berlin" };
const UID = "040000008200E00074C5B7101A82E00800000000104D19318916DD01000000000000000010000000AA";

const meeting = {
  "@odata.etag": "W/\"1\"", id: "AAA", uid: UID, iCalUId: UID, changeKey: "1", type: "singleInstance", seriesMasterId: null, occurrenceId: null,
  createdDateTime: "2026-01-01T00:00:00Z", webLink: "https://outlook.example.com/1", bodyPreview: "Agenda", hasAttachments: false,
  subject: "Review", isAllDay: false, isCancelled: false, isOrganizer: false, isDraft: false, responseRequested: true, allowNewTimeProposals: false, hideAttendees: true,
  importance: "high", sensitivity: "personal", showAs: "tentative", categories: ["Blue"], transactionId: null,
  isReminderOn: true, reminderMinutesBeforeStart: 15, originalStartTimeZone: "W. Europe Standard Time", originalEndTimeZone: "W. Europe Standard Time",
  body: { contentType: "html", content: "<html><head><style>p{}</style></head><body><p>Agenda</p><p>A&amp;B</p></body></html>" },
  start: { dateTime: "2026-08-04T12:00:00.0000000", timeZone: "UTC" }, end: { dateTime: "2026-08-04T13:00:00.0000000", timeZone: "UTC" },
  location: { displayName: "Room A; Home", locationType: "default", uniqueId: "r", uniqueIdType: "private" },
  locations: [{ displayName: "Room A", address: { city: "Redmond" }, coordinates: { latitude: 47.6, longitude: -122.3 } }, { displayName: "Home" }],
  recurrence: null, responseStatus: { response: "tentativelyAccepted", time: "2026-01-01T00:00:00Z" },
  attendees: [
    { type: "required", status: { response: "notResponded", time: "4501-01-01T00:00:00Z" }, emailAddress: { name: "Bo", address: "Bo@example.com" } },
    { type: "optional", status: { response: "tentativelyAccepted", time: "2026-01-02T00:00:00Z" }, emailAddress: { name: "Me", address: "me@example.com" }, proposedNewTime: { start: { dateTime: "2026-08-05T12:00:00", timeZone: "UTC" } } },
    { type: "resource", status: { response: "none", time: "0001-01-01T00:00:00Z" }, emailAddress: { name: "Room A", address: "room@example.com" } },
  ],
  organizer: { emailAddress: { name: "Boss", address: "boss@example.com" } },
  isOnlineMeeting: true, onlineMeetingProvider: "teamsForBusiness", onlineMeetingUrl: null,
  onlineMeeting: { joinUrl: "https://teams.example.com/1", conferenceId: "177", tollNumber: "+1 425 555 0123" },
  singleValueExtendedProperties: [{ id: "String {66f5a359-4659-4830-9070-00040ec6ac6e} Name Fun", value: "Food" }],
};

function read(json: object): UnifiedEvent {
  const reading = toUnified({ ...meeting, ...json }, CONTEXT);
  if (reading.kind !== "event") throw new Error(JSON.stringify(reading));
  return reading.event;
}

const written = (event: UnifiedEvent) => fromUnified(event, CONTEXT).body;

describe("an Outlook event", () => {
  it("says in our words what it says in Graph's", () => {
    expect(read({})).toMatchObject({
      iCalUID: UID, title: "Review", description: "Agenda\nA&B", location: "Room A; Home",
      start: time("2026-08-04T14:00 @Europe/Berlin"), end: time("2026-08-04T15:00 @Europe/Berlin"),
      status: "tentative", transparency: "opaque", visibility: "private", purpose: "default", categories: ["Blue"], ownResponse: "tentative",
      organizer: { name: "Boss", email: "boss@example.com" },
      attendees: [
        { name: "Bo", email: "Bo@example.com", response: "needsAction", role: "required", kind: "individual" },
        { email: "me@example.com", response: "tentative", role: "optional" },
        { email: "room@example.com", kind: "resource" },
      ],
      reminders: { useDefault: false, list: [{ kind: "before", method: "popup", minutes: 15, relatedTo: "start" }] },
      conference: { service: "teamsForBusiness", id: "177", entries: [{ kind: "video", uri: "https://teams.example.com/1" }, { kind: "phone", uri: "tel:+14255550123", code: "177" }] },
      warnings: [],
    });
  });

  it("comes back with everything that can be written", () => {
    expect(written(read({}))).toEqual(writablePart(meeting, graphKeepPlan));
  });

  it("keeps the rest when one field was changed", () => {
    const event = read({});
    expect(patchFromUnified(event, { ...event, title: "Retrospective", visibility: "default" }, CONTEXT).body).toEqual({ subject: "Retrospective", sensitivity: "normal" });
    expect(patchFromUnified(event, { ...event, description: "Short" }, CONTEXT).body).toEqual({ body: { contentType: "text", content: "Short" } });
    expect(patchFromUnified(event, { ...event, end: time("2026-08-04T16:00 @Europe/Berlin") }, CONTEXT).body).toEqual({
      start: { dateTime: "2026-08-04T14:00:00.0000000", timeZone: "W. Europe Standard Time" },
      end: { dateTime: "2026-08-04T16:00:00.0000000", timeZone: "W. Europe Standard Time" },
      isAllDay: false,
    });
  });

  it.each([
    ["free", { status: "confirmed", transparency: "transparent", purpose: "default" }],
    ["oof", { status: "confirmed", transparency: "opaque", purpose: "outOfOffice" }],
    ["workingElsewhere", { status: "confirmed", transparency: "transparent", purpose: "workingElsewhere" }],
    ["busy", { status: "confirmed", transparency: "opaque", purpose: "default" }],
    ["unknown", { status: "confirmed", transparency: "opaque", purpose: "default" }],
  ])("shown as %s", (showAs, expected) => {
    const event = read({ showAs });
    expect(event).toMatchObject(expected);
    expect(written(event)["showAs"]).toBe(showAs);
  });
});

describe("times", () => {
  const spanOf = (json: object) => {
    const { start, end, warnings } = read(json);
    return [start, end, warnings.map(({ code }) => code)];
  };
  const at = (dateTime: string, timeZone?: string) => ({ dateTime, ...(timeZone === undefined ? {} : { timeZone }) });

  it("of a whole day are its date, in whichever zone they are written", () => {
    for (const zone of ["UTC", "Pacific Standard Time", "Pacific/Auckland"]) {
      expect(spanOf({ isAllDay: true, originalStartTimeZone: zone, originalEndTimeZone: zone, start: at("2026-08-10T00:00:00.0000000", zone), end: at("2026-08-11T00:00:00.0000000", zone) }))
        .toEqual([time("2026-08-10"), time("2026-08-11"), []]);
    }
  });

  it("of a whole day that were converted on the way are those of the event's own zone", () => {
    expect(spanOf({ isAllDay: true, start: at("2026-08-09T22:00:00.0000000", "UTC"), end: at("2026-08-10T22:00:00.0000000", "UTC") })).toEqual([time("2026-08-10"), time("2026-08-11"), []]);
  });

  it("in a zone made up in Outlook keep their instant, with a warning", () => {
    expect(spanOf({ originalStartTimeZone: "tzone://Microsoft/Custom", originalEndTimeZone: "tzone://Microsoft/Custom" }))
      .toEqual([time("2026-08-04T12:00Z"), time("2026-08-04T13:00Z"), ["unknown_time_zone"]]);
  });

  it("in a zone nobody knows float, with a warning", () => {
    const zone = "Mars Standard Time";
    expect(spanOf({ originalStartTimeZone: undefined, originalEndTimeZone: undefined, start: at("2026-08-04T12:00:00", zone), end: at("2026-08-04T13:00:00", zone) }))
      .toEqual([time("2026-08-04T12:00"), time("2026-08-04T13:00"), ["unknown_time_zone"]]);
  });

  it("without a zone are in UTC", () => {
    expect(spanOf({ originalStartTimeZone: undefined, originalEndTimeZone: undefined, start: at("2026-08-04T12:00:00"), end: at("2026-08-04T13:00:00") })).toEqual([time("2026-08-04T12:00Z"), time("2026-08-04T13:00Z"), []]);
  });
});

describe("series", () => {
  const weekly = {
    type: "seriesMaster",
    recurrence: {
      pattern: { type: "weekly", interval: 1, month: 0, dayOfMonth: 0, daysOfWeek: ["tuesday"], firstDayOfWeek: "sunday", index: "first" },
      range: { type: "endDate", startDate: "2026-08-04", endDate: "2026-10-27", recurrenceTimeZone: "W. Europe Standard Time", numberOfOccurrences: 0 },
    },
  };

  it("are read in the zone that keeps them at their time of day", () => {
    const event = read(weekly);
    expect(event.start).toEqual(time("2026-08-04T14:00 @Europe/Berlin"));
    expect(event.recurrence?.rrules).toEqual(["FREQ=WEEKLY;BYDAY=TU;WKST=SU;UNTIL=20261027T225959Z"]);
    expect(written(event)["recurrence"]).toEqual(weekly.recurrence);
  });

  it("leave out what Graph lists as cancelled", () => {
    expect(read({ ...weekly, cancelledOccurrences: ["OID.AAA.2026-08-11"] }).recurrence?.exdates).toEqual([time("2026-08-11")]);
  });

  it("of an unknown pattern show their first date, with a warning, and are kept", () => {
    const hourly = { recurrence: { pattern: { type: "hourly", interval: 1 }, range: { type: "noEnd", startDate: "2026-08-04" } } };
    const event = read(hourly);
    expect([event.recurrence, event.warnings.map(({ code }) => code)]).toEqual([null, ["unsupported_rule"]]);
    expect(written(event)["recurrence"]).toEqual(hourly.recurrence);
  });

  it.each([
    ["the instant", { originalStart: "2026-08-11T12:00:00Z" }, time("2026-08-11T14:00 @Europe/Berlin")],
    ["the occurrence's id", { occurrenceId: "OID.AAA.2026-08-11" }, time("2026-08-11")],
    ["the global object id", { iCalUId: `${UID.slice(0, 32)}07EA080B${UID.slice(40)}` }, time("2026-08-11")],
  ])("know their exceptions by %s", (_, more, recurrenceId) => {
    expect(toUnified({ ...meeting, ...more, type: "exception", seriesMasterId: "AAA", id: "BBB" }, CONTEXT))
      .toMatchObject({ kind: "event", remoteId: "BBB", seriesRemoteId: "AAA", event: { iCalUID: UID, recurrenceId, recurrence: null, warnings: [] } });
  });

  it("share one UID where Graph gives each exception its own", () => {
    expect(read({ uid: undefined, type: "exception", seriesMasterId: "AAA", iCalUId: `${UID.slice(0, 32)}07EA080B${UID.slice(40)}` }).iCalUID).toBe(UID);
  });

  it("are told of occurrences and deletions without their fields", () => {
    expect(toUnified({ id: "B", type: "occurrence", seriesMasterId: "A", start: meeting.start, end: meeting.end }, CONTEXT)).toEqual({ kind: "occurrence", remoteId: "B", seriesRemoteId: "A" });
    expect(toUnified({ id: "B", "@removed": { reason: "deleted" } }, CONTEXT)).toEqual({ kind: "deleted", remoteId: "B", seriesRemoteId: null, recurrenceId: null });
  });
});

describe("what cannot be read", () => {
  it.each([
    ["text", null, "something that is not an event"],
    [{}, null, "without an id"],
    [{ id: "a" }, "a", "no start"],
    [{ id: "a", start: { dateTime: 5 } }, "a", "“start” cannot be read"],
    [{ id: "a", start: { dateTime: "noon", timeZone: "UTC" } }, "a", "“start” is not a date"],
    [{ id: "a", start: meeting.start, end: { dateTime: "2026-02-30T00:00:00" } }, "a", "“end” is not a date"],
  ])("is named: %j", (json, remoteId, reason) => {
    expect(toUnified(json, CONTEXT)).toEqual({ kind: "unreadable", remoteId, reason: expect.stringContaining(reason) });
  });

  it("spoils nothing else, and is still there when the event is written", () => {
    const event = read({ attendees: [{ emailAddress: "x" }], categories: "Blue", recurrence: { pattern: {} } });
    expect(event).toMatchObject({ title: "Review", attendees: [], categories: [], recurrence: null });
    expect(event.warnings.map(({ code }) => code)).toEqual(["unreadable_field", "unreadable_field", "unreadable_field"]);
    expect(written(event)).toMatchObject({ attendees: [{ emailAddress: "x" }], categories: "Blue", recurrence: { pattern: {} } });
  });

  it("never throws, whatever a field holds", () => {
    const values: unknown[] = [null, 0, -1, "", "x", true, [], [null], {}, { dateTime: "9999-12-31T23:59:59Z" }, { dateTime: "0001-01-01T00:00:00", timeZone: "x" }, [{}], JSON.parse('{"__proto__": 1}')];
    for (const name of [...Object.keys(meeting), "originalStart", "cancelledOccurrences"]) for (const value of values) {
      const reading = toUnified({ ...meeting, [name]: value }, CONTEXT);
      if (reading.kind === "event") expect(() => written(reading.event)).not.toThrow();
    }
  });
});
