import { describe, expect, it } from "vitest";
import type { UnifiedEvent } from "../model";
import { ATTENDEE, time } from "../testing/events";
import { readCalendar } from "./read-calendar";

const wrap = (body: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", ...body, "END:VCALENDAR", ""].join("\r\n");
const vevent = (...lines: string[]) => ["BEGIN:VEVENT", "UID:u1", ...lines, "END:VEVENT"];

function one(...lines: string[]): UnifiedEvent {
  return first(wrap(vevent(...lines)));
}

function first(text: string): UnifiedEvent {
  const reading = readCalendar(text);
  const event = reading.kind === "events" ? reading.groups[0]?.events[0] : undefined;
  if (event === undefined) throw new Error(JSON.stringify(reading));
  return event;
}

function reasons(text: string): string[] {
  const reading = readCalendar(text);
  return reading.kind === "unreadable" ? [reading.reason] : reading.problems.map(({ reason }) => reason);
}

describe("what an event says", () => {
  it("is kept field by field", () => {
    const event = one(
      "DTSTART;TZID=Europe/Berlin:20260301T090000", "DTEND;TZID=Europe/Berlin:20260301T100000",
      "SUMMARY:Lunch\\, then\\; talk", "DESCRIPTION:One\\nTwo \\\\ three", "LOCATION:Café", "URL:https://example.com/?a=1,2",
      "STATUS:TENTATIVE", "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "SEQUENCE:3",
      'ORGANIZER;CN="Doe, Ann":MAILTO:ann@example.com',
      "ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT:mailto:bob@example.com",
      "ATTENDEE;PARTSTAT=DECLINED;EMAIL=eve@example.com:urn:uuid:1",
    );
    expect(event).toEqual({
      iCalUID: "u1", recurrenceId: null, recurrence: null,
      title: "Lunch, then; talk", description: "One\nTwo \\ three", location: "Café", url: "https://example.com/?a=1,2",
      start: time("2026-03-01T09:00 @Europe/Berlin"), end: time("2026-03-01T10:00 @Europe/Berlin"),
      status: "tentative", transparency: "transparent", visibility: "private", sequence: 3,
      organizer: { name: "Doe, Ann", email: "ann@example.com" },
      attendees: [
        { ...ATTENDEE, name: "Bob", email: "bob@example.com", response: "accepted", role: "optional" },
        { ...ATTENDEE, name: null, email: "eve@example.com", response: "declined", role: "required" },
      ],
      purpose: "default", color: null, categories: [], ownResponse: null, reminders: null, conference: null, attachments: [], extended: null,
      warnings: [],
    });
  });

  it("survives folded lines, bare line feeds, a byte order mark and lower case", () => {
    expect(first("\uFEFFbegin:vcalendar\nBEGIN:VEVENT\nuid:x\ndtstart:20260301T090000Z\nSUMMARY:Long\n  er\n\tstill\nEND:VEVENT\nEND:VCALENDAR").title).toBe("Long erstill");
  });

  it("is not stopped by a broken line that does not matter", () => {
    expect(one("DTSTART:20260301T090000Z", "this line has no colon", "SUMMARY:Fine").title).toBe("Fine");
  });

  it("treats an unknown class as private", () => {
    expect(one("DTSTART:20260301", "CLASS:TOP-SECRET").visibility).toBe("private");
  });

  it("gives an event without UID a name that stays", () => {
    const text = wrap(["BEGIN:VEVENT", "DTSTART:20260301", "SUMMARY:Old", "END:VEVENT"]);
    expect(first(text).iCalUID).toMatch(/^without-uid-/);
    expect(first(text).iCalUID).toBe(first(text).iCalUID);
  });
});

describe("starts and ends", () => {
  const span = (...lines: string[]) => {
    const { start, end, warnings } = one(...lines);
    return [start, end, warnings.map(({ code }) => code)];
  };

  it.each<[string, string[], string, string, string[]]>([
    ["a date without end lasts its day", ["DTSTART;VALUE=DATE:20260301"], "2026-03-01", "2026-03-02", []],
    ["a date needs no VALUE=DATE", ["DTSTART:20260301", "DTEND:20260303"], "2026-03-01", "2026-03-03", []],
    ["DTEND equal to DTSTART is one day", ["DTSTART;VALUE=DATE:20260301", "DTEND;VALUE=DATE:20260301"], "2026-03-01", "2026-03-02", []],
    ["a date may last days", ["DTSTART;VALUE=DATE:20260301", "DURATION:P1W"], "2026-03-01", "2026-03-08", []],
    ["a time without end is a moment", ["DTSTART:20260301T090000Z"], "2026-03-01T09:00Z", "2026-03-01T09:00Z", []],
    ["hours are exact across a clock change", ["DTSTART;TZID=Europe/Berlin:20260329T010000", "DURATION:PT2H"], "2026-03-29T01:00 @Europe/Berlin", "2026-03-29T04:00 @Europe/Berlin", []],
    ["days are nominal across a clock change", ["DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:P1D"], "2026-03-28T12:00 @Europe/Berlin", "2026-03-29T12:00 @Europe/Berlin", []],
    ["a floating time stays floating", ["DTSTART:20260301T090000", "DTEND:20260301T100000"], "2026-03-01T09:00", "2026-03-01T10:00", []],
    ["an end before the start is the start", ["DTSTART:20260301T090000Z", "DTEND:20260228T090000Z"], "2026-03-01T09:00Z", "2026-03-01T09:00Z", ["end_before_start"]],
    ["a negative duration is no duration", ["DTSTART:20260301T090000Z", "DURATION:-PT1H"], "2026-03-01T09:00Z", "2026-03-01T09:00Z", ["end_before_start"]],
    ["an end in another zone stays there", ["DTSTART;TZID=Europe/Berlin:20260301T090000", "DTEND;TZID=America/New_York:20260301T120000"], "2026-03-01T09:00 @Europe/Berlin", "2026-03-01T12:00 @America/New_York", []],
    ["an end without zone is in the start's", ["DTSTART;TZID=Europe/Berlin:20260301T090000", "DTEND:20260301T120000"], "2026-03-01T09:00 @Europe/Berlin", "2026-03-01T12:00 @Europe/Berlin", []],
  ])("%s", (_, lines, start, end, warnings) => {
    expect(span(...lines)).toEqual([time(start), time(end), warnings]);
  });
});

describe("recurrence", () => {
  it("is kept as written, with dates and periods in their zones", () => {
    const { recurrence } = one(
      "DTSTART;TZID=Europe/Berlin:20260302T090000", "DTEND;TZID=Europe/Berlin:20260302T100000",
      "RRULE:FREQ=WEEKLY;BYDAY=MO", "RRULE:FREQ=YEARLY",
      "RDATE;TZID=Europe/Berlin:20260304T090000,20260305T090000", "RDATE;VALUE=PERIOD:20260306T080000Z/PT2H,20260307T080000Z/20260307T093000Z",
      "EXDATE;TZID=Europe/Berlin:20260309T090000", "EXDATE:20260316T080000Z",
    );
    expect(recurrence).toEqual({
      rrules: ["FREQ=WEEKLY;BYDAY=MO", "FREQ=YEARLY"],
      rdates: [
        { start: time("2026-03-04T09:00 @Europe/Berlin"), end: null },
        { start: time("2026-03-05T09:00 @Europe/Berlin"), end: null },
        { start: time("2026-03-06T08:00Z"), end: time("2026-03-06T10:00Z") },
        { start: time("2026-03-07T08:00Z"), end: time("2026-03-07T09:30Z") },
      ],
      exdates: [time("2026-03-09T09:00 @Europe/Berlin"), time("2026-03-16T08:00Z")],
    });
  });

  it("warns of a rule that cannot be shown and keeps the event", () => {
    const event = one("DTSTART:20260301", "RRULE:FREQ=SOMETIMES");
    expect(event.warnings.map(({ code }) => code)).toEqual(["unsupported_rule"]);
    expect(event.recurrence?.rrules).toEqual(["FREQ=SOMETIMES"]);
  });

  it("groups a series with its exceptions, and other events apart", () => {
    const reading = readCalendar(wrap([
      ...vevent("DTSTART:20260301", "RRULE:FREQ=DAILY"),
      ...vevent("DTSTART:20260305", "RECURRENCE-ID;VALUE=DATE:20260304", "SEQUENCE:1"),
      ...vevent("DTSTART:20260306", "RECURRENCE-ID;VALUE=DATE:20260304"),
      "BEGIN:VEVENT", "UID:u2", "DTSTART:20260401", "END:VEVENT",
      "BEGIN:VTODO", "UID:t", "END:VTODO",
    ]));
    expect(reading).toMatchObject({
      kind: "events",
      groups: [
        { iCalUID: "u1", events: [{ recurrenceId: null }, { recurrenceId: time("2026-03-04"), start: time("2026-03-05") }] },
        { iCalUID: "u2" },
      ],
    });
  });

  it("finds no event in a file of tasks", () => {
    expect(readCalendar(wrap(["BEGIN:VTODO", "UID:t", "END:VTODO"]))).toEqual({ kind: "events", groups: [], problems: [], superseded: 0 });
  });
});

describe("time zones", () => {
  const zone = (tzid: string, ...rest: string[]) => ["BEGIN:VTIMEZONE", `TZID:${tzid}`, ...rest, "END:VTIMEZONE"];
  const standard = (from: string, to: string) => ["BEGIN:STANDARD", "DTSTART:19701025T030000", `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, "END:STANDARD"];
  const central = [
    "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
  ];
  const startIn = (tzid: string, local: string, definition: string[] = []) => {
    const { start, warnings } = first(wrap([...definition, ...vevent(`DTSTART;TZID=${tzid}:${local}`, "DURATION:PT1H")]));
    return [start, warnings.map(({ code }) => code)];
  };

  it("are found by the end of a producer's path", () => {
    expect(startIn("/freeassociation.sourceforge.net/Europe/Berlin", "20260301T090000")).toEqual([time("2026-03-01T09:00 @Europe/Berlin"), []]);
  });

  it("are found by where the definition says it lies", () => {
    const definition = zone("My Zone", "X-LIC-LOCATION:Europe/Berlin", ...central);
    expect(startIn("My Zone", "20260301T090000", definition)).toEqual([time("2026-03-01T09:00 @Europe/Berlin"), []]);
  });

  it.each([
    ["an Outlook zone", "Customized Time Zone"],
    ["a zone of Graph", "tzone://Microsoft/Custom"],
    ["a name with a colon", "(UTC+01:00) Amsterdam, Berlin, Bern"],
  ])("case 17: that only the file knows (%s) are the zone whose clocks go as it says", (_, tzid) => {
    const [start, warnings] = startIn(tzid, "20260301T090000", zone(tzid, ...central));
    expect(start).toMatchObject({ kind: "zoned", local: "2026-03-01T09:00:00", timeZone: "Europe/Berlin" });
    expect(warnings).toEqual([]);
  });

  it.each([
    ["in winter", "20260301T090000", "2026-03-01T08:00Z"],
    ["in summer", "20260701T090000", "2026-07-01T07:00Z"],
    ["in a gap", "20260428T023000", "2026-04-28T01:30Z"],
    ["in a repeated hour", "20261117T023000", "2026-11-17T00:30Z"],
  ])("case 17: whose clocks go like no other keep the instant %s, with a warning", (_, local, instant) => {
    const odd = central.map((line) => line.replace(/BYDAY=-1SU;BYMONTH=3/, "BYDAY=4TU;BYMONTH=4").replace(/BYDAY=-1SU;BYMONTH=10/, "BYDAY=3TU;BYMONTH=11"));
    expect(startIn("Customized Time Zone", local, zone("Customized Time Zone", ...odd))).toEqual([time(instant), ["unknown_time_zone"]]);
  });

  it.each([
    ["GMT+0200", "Etc/GMT-2"],
    ["UTC-5", "Etc/GMT+5"],
    ["+05:30", "Asia/Kolkata"],
  ])("that are a distance from UTC (%s) are that", (tzid, timeZone) => {
    expect(startIn(tzid, "20260701T090000")).toEqual([time(`2026-07-01T09:00 @${timeZone}`), []]);
  });

  it("without any definition are read as the viewer's, never as UTC", () => {
    expect(startIn("Nowhere/Land", "20260301T090000")).toEqual([time("2026-03-01T09:00"), ["unknown_time_zone"]]);
  });

  it("are believed when the file defines them differently", () => {
    const definition = zone("Europe/Berlin", ...standard("-0500", "-0500"));
    expect(startIn("Europe/Berlin", "20260301T090000", definition)).toEqual([time("2026-03-01T09:00 @Etc/GMT+5"), []]);
  });

  it("are believed when the file gives them other summers", () => {
    const american = central.map((line) => line.replace("BYDAY=-1SU;BYMONTH=3", "BYDAY=2SU;BYMONTH=3").replace("BYDAY=-1SU;BYMONTH=10", "BYDAY=1SU;BYMONTH=11"));
    const [start, warnings] = startIn("Europe/Berlin", "20260320T090000", zone("Europe/Berlin", ...american));
    expect(start).toEqual(time("2026-03-20T08:00 @Europe/Berlin"));
    expect(warnings).toEqual(["unknown_time_zone"]);
  });

  it("keep their name when the file only knows today's rules and the event is old", () => {
    expect(startIn("Europe/Berlin", "19790301T090000", zone("Europe/Berlin", ...central))).toEqual([time("1979-03-01T09:00 @Europe/Berlin"), []]);
  });

  it("keep their name when the file only knows the year of the event", () => {
    const oneYear = [
      "BEGIN:DAYLIGHT", "DTSTART:20260308T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "END:DAYLIGHT",
      "BEGIN:STANDARD", "DTSTART:20251102T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "END:STANDARD",
    ];
    expect(startIn("America/New_York", "20260701T090000", zone("America/New_York", ...oneYear))).toEqual([time("2026-07-01T09:00 @America/New_York"), []]);
  });

  it("with a definition that agrees stay as written", () => {
    expect(startIn("Europe/Berlin", "20260701T090000", zone("Europe/Berlin", ...central))).toEqual([time("2026-07-01T09:00 @Europe/Berlin"), []]);
  });

  it("do not hang on a definition that repeats every second", () => {
    const endless = central.map((line) => line.replace(/RRULE:.*/, "RRULE:FREQ=SECONDLY"));
    expect(startIn("Custom", "20260301T090000", zone("Custom", ...endless))[0]).toMatchObject({ kind: "zoned" });
  });
});

describe("what cannot be read", () => {
  it.each([
    ["a date in words", ["DTSTART:someday"], "Line 5 (DTSTART:someday) is not a valid date."],
    ["a day that does not exist", ["DTSTART;VALUE=DATE:20260230"], "Line 5 (DTSTART:20260230) is not a valid date."],
    ["an hour that does not exist", ["DTSTART:20260301T250000Z"], "Line 5 (DTSTART:20260301T250000Z) is not a valid date."],
    ["a duration in words", ["DTSTART:20260301", "DURATION:long"], "Line 6 (DURATION:long) is not a valid duration."],
    ["an EXDATE in words", ["DTSTART:20260301", "RRULE:FREQ=DAILY", "EXDATE:never"], "Line 7 (EXDATE:never) is not a valid date."],
    ["no start", ["SUMMARY:When?"], "Line 3 (BEGIN:VEVENT) starts an event without a DTSTART."],
    ["a start without a colon", ["DTSTART 20260301"], "Line 5 (DTSTART 20260301) cannot be read."],
  ])("is named with its line: %s", (_, lines, expected) => {
    expect(reasons(wrap(vevent(...lines)))).toEqual([expected]);
  });

  it.each([
    ["", "Line 1 is empty."],
    ["this is not a calendar", "Line 1 (this is not a calendar) comes before BEGIN:VCALENDAR; this is not a calendar file."],
    ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301\r\n", "Line 2 (BEGIN:VEVENT) is never closed: the file has been cut off."],
    ["BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "Line 2 (END:VEVENT) does not end the VCALENDAR."],
    ["BEGIN:VCARD\r\nEND:VCARD\r\n", "Line 1 (BEGIN:VCARD) is not the start of a calendar."],
  ])("is named for a broken file: %j", (text, expected) => expect(reasons(text)).toContain(expected));

  it("never throws, whatever the bytes", () => {
    const pieces = ["BEGIN:VCALENDAR", "END:VEVENT", "BEGIN:VEVENT", "DTSTART;TZID=:", "RRULE:", "__proto__:x", "\u0000", "DTSTART:99999999T999999", "constructor;__proto__=1:2"];
    for (const a of pieces) for (const b of pieces) for (const c of pieces) {
      expect(() => readCalendar(["BEGIN:VCALENDAR", "BEGIN:VEVENT", a, b, c, "END:VEVENT", "END:VCALENDAR"].join("\n"))).not.toThrow();
    }
  });
});
