import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UnifiedEvent } from "../../model";
import { arbitraryEvent } from "../../testing/arbitrary-event";
import { ATTENDEE, event, recurrence, time } from "../../testing/events";
import { hexOfColorName, nearestColorName } from "../colors";
import { readCalendar } from "../read-calendar";
import { editCalendar, newCalendar, type WriteOptions } from "./write-calendar";

const OPTIONS: WriteOptions = { now: Date.UTC(2026, 5, 1, 12) };

const lines = (...each: string[]) => `${each.join("\r\n")}\r\n`;

function events(text: string, uid = "uid-1"): UnifiedEvent[] {
  const reading = readCalendar(text);
  if (reading.kind === "unreadable") throw new Error(reading.reason);
  return reading.groups.find(({ iCalUID }) => iCalUID === uid)?.events ?? [];
}

function write(text: string, wanted: readonly UnifiedEvent[]): string {
  const writing = editCalendar(text, wanted, OPTIONS);
  if (writing.kind === "unreadable") throw new Error(writing.reason);
  return writing.text;
}

/** Line by line: what was taken away and what was added. */
function changes(before: string, after: string): string[] {
  const [old, made] = [before.split("\r\n"), after.split("\r\n")];
  return [...old.filter((line) => !made.includes(line)).map((line) => `- ${line}`), ...made.filter((line) => !old.includes(line)).map((line) => `+ ${line}`)];
}

const SERIES = lines(
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Else//EN", "X-WR-CALNAME:Mine",
  "BEGIN:VTIMEZONE", "TZID:Romance Time", "X-LIC-LOCATION:Europe/Paris", "BEGIN:STANDARD", "DTSTART:19701025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
  "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
  "BEGIN:VEVENT", "UID:uid-1", "DTSTAMP:20260101T000000Z", "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC", "DTSTART;X-KEEP=1;TZID=Romance Time:20260302T090000", "DURATION:PT1H",
  "RRULE:FREQ=WEEKLY;BYDAY=MO", "SUMMARY;LANGUAGE=en:Stand", "\t-up", "ORGANIZER;CN=Boss;SCHEDULE-STATUS=1.1:mailto:boss@example.com",
  'ATTENDEE;CN="Doe, Ann";RSVP=TRUE;PARTSTAT=NEEDS-ACTION;X-OWN=5:MAILTO:ann@example.com', "ATTENDEE;CN=Bo:mailto:bo@example.com", "this line is broken",
  "BEGIN:VALARM", "UID:alarm-1", "ACTION:DISPLAY", "TRIGGER:-PT15M", "X-WR-ALARMUID:a", "END:VALARM", "BEGIN:VALARM", "ACTION:X-LAUNCH", "TRIGGER:-PT1M", "END:VALARM", "END:VEVENT",
  "BEGIN:VEVENT", "UID:other", "DTSTART:20260303", "SUMMARY:Not this one", "END:VEVENT", "BEGIN:VTODO", "UID:todo", "END:VTODO", "END:VCALENDAR",
);

describe("a calendar object that is written back", () => {
  const [master] = events(SERIES);
  if (master === undefined) throw new Error("no master");

  it("is the same, byte for byte, when nothing changed", () => {
    for (const text of [SERIES, SERIES.replaceAll("\r\n", "\n"), `\uFEFF${SERIES}`, SERIES.trimEnd()]) expect(write(text, events(text))).toBe(text);
  });

  it("differs where the event does, and nowhere else", () => {
    const edited = { ...master, title: "Daily, short", location: "Room 4" };
    expect(changes(SERIES, write(SERIES, [edited]))).toEqual([
      "- DTSTAMP:20260101T000000Z", "- SUMMARY;LANGUAGE=en:Stand", "- \t-up",
      "+ DTSTAMP:20260601T120000Z", "+ SUMMARY;LANGUAGE=en:Daily\\, short", "+ LOCATION:Room 4",
    ]);
  });

  it("keeps the parameters of attendees and the alarms that it does not know", () => {
    const [ann, bo] = master.attendees;
    if (ann === undefined || bo === undefined) throw new Error("attendees");
    const edited: UnifiedEvent = {
      ...master,
      attendees: [{ ...ann, response: "accepted" }, { ...ATTENDEE, name: "C; \"M\"", email: "c@example.com", role: "optional" }],
      reminders: { useDefault: false, list: [{ kind: "before", method: "popup", minutes: 30, relatedTo: "start" }, { kind: "before", method: "popup", minutes: 15, relatedTo: "start" }] },
    };
    const text = write(SERIES, [edited]);
    expect(changes(SERIES, text).slice(2)).toEqual([
      "- ATTENDEE;CN=Bo:mailto:bo@example.com",
      "+ DTSTAMP:20260601T120000Z",
      '+ ATTENDEE;CN="Doe, Ann";RSVP=TRUE;X-OWN=5;PARTSTAT=ACCEPTED:MAILTO:ann@examp', "+  le.com",
      "+ ATTENDEE;CN=\"C; ^'M^'\";ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:c@exam", "+  ple.com",
      "+ TRIGGER:-PT30M", "+ DESCRIPTION:Stand-up",
    ]);
    expect(events(text)).toEqual([edited]);
  });

  it("names a zone as the file does, and brings the definition of another", () => {
    const inParis = write(SERIES, [{ ...master, start: time("2026-03-02T10:00 @Europe/Paris"), end: time("2026-03-02T11:00 @Europe/Paris") }]);
    expect(changes(SERIES, inParis)).toContain("+ DTSTART;X-KEEP=1;TZID=Romance Time:20260302T100000");
    const inTokyo = write(SERIES, [{ ...master, start: time("2026-03-02T10:00 @Asia/Tokyo"), end: time("2026-03-02T11:00 @Asia/Tokyo") }]);
    expect(changes(SERIES, inTokyo)).toContain("+ TZID:Asia/Tokyo");
    expect(events(inTokyo)[0]?.start).toEqual(time("2026-03-02T10:00 @Asia/Tokyo"));
  });

  it("writes in UTC where the file means another zone by that name", () => {
    const odd = SERIES.replaceAll("TZID:Romance Time", "TZID:Asia/Tokyo").replace("X-LIC-LOCATION:Europe/Paris\r\n", "").replaceAll("TZID=Romance Time", "TZID=Asia/Tokyo");
    const [before] = events(odd);
    if (before === undefined) throw new Error("no event");
    const text = write(odd, [{ ...before, start: time("2026-03-02T10:00 @Asia/Tokyo"), end: time("2026-03-02T11:00 @Asia/Tokyo") }]);
    expect(text).toContain("DTSTART;X-KEEP=1:20260302T010000Z");
  });

  it("lets a new exception begin as a copy of its series, and an old one go", () => {
    const moved: UnifiedEvent = { ...master, recurrence: null, recurrenceId: time("2026-03-09T09:00 @Europe/Paris"), start: time("2026-03-09T11:00 @Europe/Paris"), end: time("2026-03-09T12:00 @Europe/Paris"), sequence: 1 };
    const text = write(SERIES, [master, moved]);
    expect(events(text)).toEqual([master, moved]);
    expect(text.match(/X-APPLE-TRAVEL/g)).toHaveLength(2);
    expect(text.match(/RRULE:FREQ=WEEKLY/g)).toHaveLength(1);
    expect(text).toContain("RECURRENCE-ID;TZID=Romance Time:20260309T090000");
    expect(write(text, [master])).toBe(SERIES);
  });

  it("writes the original start of an exception in the form of its series", () => {
    const text = write(SERIES, [master, { ...master, recurrence: null, recurrenceId: time("2026-03-09"), title: "Other" }]);
    expect(text).toContain("RECURRENCE-ID;TZID=Romance Time:20260309T090000");
  });

  it("keeps the form in which an exception names its occurrence, and gives a nameless event its name", () => {
    const odd = SERIES.replace("END:VTODO", ["END:VTODO", "BEGIN:VEVENT", "UID:uid-1", "RECURRENCE-ID;VALUE=DATE:20260309", "DTSTART;TZID=Romance Time:20260309T110000", "END:VEVENT"].join("\r\n"));
    expect(write(odd, events(odd))).toBe(odd);
    const nameless = lines("BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20260301", "SUMMARY:Old", "END:VEVENT", "END:VCALENDAR");
    const reading = readCalendar(nameless);
    const [group] = reading.kind === "events" ? reading.groups : [];
    if (group === undefined) throw new Error("no event");
    const renamed = group.events.map((each) => ({ ...each, title: "New" }));
    expect(events(write(nameless, renamed), group.iCalUID)).toEqual(renamed);
  });

  it("is not overwritten when it cannot be understood", () => {
    for (const text of ["", "nonsense", SERIES.slice(0, 900), SERIES.replace("DTSTART;X-KEEP", "DTSTART:x;X-KEEP"), `${SERIES}${SERIES}`]) {
      expect(editCalendar(text, [master], OPTIONS).kind).toBe("unreadable");
    }
  });
});

/** What iCalendar says less exactly, or not at all. */
function asWritten(written: UnifiedEvent): UnifiedEvent {
  return {
    ...written,
    purpose: written.purpose === "focusTime" || written.purpose === "birthday" ? "default" : written.purpose,
    color: written.color === null ? null : hexOfColorName(nearestColorName(written.color)),
    conference: written.conference === null ? null : { ...written.conference, service: null },
    reminders: written.reminders === null || written.reminders.list.length === 0 ? null : written.reminders,
    warnings: [],
  };
}

describe("any event", () => {
  it("is read again as it was written, into a new object and into one that said something else", () => {
    fc.assert(
      fc.property(arbitraryEvent, arbitraryEvent, (first, second) => {
        const created = newCalendar([first], OPTIONS);
        if (created.kind === "unreadable") throw new Error(created.reason);
        expect(created.text.split("\r\n").every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
        const says = (text: string) => events(text).map((each) => ({ ...each, warnings: [] }));
        expect(says(created.text)).toEqual([asWritten(first)]);
        const edited = write(created.text, [second]);
        expect(says(edited)).toEqual([asWritten(second)]);
        expect(write(edited, events(edited))).toBe(edited);
      }),
      { numRuns: 120, seed: 9 },
    );
  });

  it("leaves the other events and all that is not understood as they were", () => {
    const [master] = events(SERIES);
    const foreign = ["X-WR-CALNAME:Mine", "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC", "this line is broken", "ACTION:X-LAUNCH", "SUMMARY:Not this one", "BEGIN:VTODO"];
    fc.assert(
      fc.property(arbitraryEvent, (changed) => {
        const text = write(SERIES, [{ ...changed, iCalUID: master?.iCalUID ?? "" }]);
        for (const line of foreign) expect(text.split("\r\n")).toContain(line);
        expect(events(text, "other")).toEqual(events(SERIES, "other"));
      }),
      { numRuns: 60, seed: 10 },
    );
  });
});

describe("a series with its exceptions", () => {
  it("is written as a new object", () => {
    const master = event("2026-03-02T09:00 @Europe/Berlin", "2026-03-02T10:00 @Europe/Berlin", recurrence(["FREQ=DAILY"], { exdates: [time("2026-03-04T09:00 @Europe/Berlin")], rdates: [{ start: time("2026-03-01T09:00Z"), end: time("2026-03-01T09:30Z") }] }));
    const cancelled = event("2026-03-05T09:00 @Europe/Berlin", "2026-03-05T10:00 @Europe/Berlin", { recurrenceId: time("2026-03-05T09:00 @Europe/Berlin"), status: "cancelled" });
    const written = newCalendar([master, cancelled], OPTIONS);
    expect(written.kind === "written" && events(written.text)).toEqual([master, cancelled]);
  });
});
