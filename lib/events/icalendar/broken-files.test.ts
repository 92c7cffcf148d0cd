import { describe, expect, it } from "vitest";
import { readCalendar } from "./read-calendar";

const event = (uid: string, ...lines: string[]) => ["BEGIN:VEVENT", `UID:${uid}`, "DTSTART:20260301T090000Z", ...lines, "END:VEVENT"];
const file = (...lines: string[]) => ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n");

function read(text: string) {
  const reading = readCalendar(text);
  if (reading.kind === "unreadable") throw new Error(reading.reason);
  return { uids: reading.groups.map(({ iCalUID }) => iCalUID), problems: reading.problems, superseded: reading.superseded };
}

describe("a file that is broken in one place is read in all others", () => {
  it.each<[string, string, string[], string[]]>([
    ["a date that is none", file(...event("a"), "BEGIN:VEVENT", "UID:b", "DTSTART:someday", "END:VEVENT", ...event("c")), ["a", "c"], ["Line 8 (DTSTART:someday) is not a valid date."]],
    ["an essential line without a colon", file(...event("a", "RRULE FREQ=DAILY"), ...event("c")), ["c"], ["Line 5 (RRULE FREQ=DAILY) cannot be read."]],
    ["another line without a colon", file(...event("a", "this is nothing"), ...event("c")), ["a", "c"], ["Line 5 (this is nothing) cannot be read and was passed over."]],
    ["an event that is never closed", file("BEGIN:VEVENT", "UID:b", "DTSTART:20260301", ...event("c")), ["c"], ["Line 2 (BEGIN:VEVENT) is never closed: a VEVENT begins inside it."]],
    ["an end that is misspelt", file("BEGIN:VTODO", "END:VTOOD", ...event("c")), ["c"], ["Line 2 (BEGIN:VTODO) is never closed: a VEVENT begins inside it.", "Line 3 (END:VTOOD) does not end the VTODO."]],
    ["a file that was cut off", file(...event("a"), "BEGIN:VEVENT", "UID:b", "DTSTART:2026").replace(/\r\nEND:VCALENDAR$/, ""), ["a"], ["Line 6 (BEGIN:VEVENT) is never closed: the file has been cut off."]],
    ["words after the end", `${file(...event("a"))}\r\nThank you for your order`, ["a"], ["Line 7 (Thank you for your order) comes after the end of the calendar."]],
    ["words before the beginning", `Content-Type: text/calendar\r\n\r\n${file(...event("a"))}`, ["a"], ["Line 1 (Content-Type: text/calendar) comes before BEGIN:VCALENDAR; this is not a calendar file."]],
    ["something that is no calendar beside it", `BEGIN:VCARD\r\nEND:VCARD\r\n${file(...event("a"))}`, ["a"], ["Line 1 (BEGIN:VCARD) is not the start of a calendar."]],
    ["lines that end in two returns", file(...event("a", "SUMMARY\r\n :Folded")).replaceAll("\r\n", "\r\r\n"), ["a"], []],
    ["an empty parameter", file("BEGIN:VEVENT", "UID:a", "DTSTART;;VALUE=DATE:20260301", "END:VEVENT"), ["a"], []],
    ["two calendars in one file", `${file(...event("a"))}\r\n${file(...event("b"))}`, ["a", "b"], []],
    ["components without a calendar", event("a").join("\n"), ["a"], []],
  ])("%s", (_, text, uids, reasons) => {
    const result = read(text);
    expect(result.uids).toEqual(uids);
    expect(result.problems.map(({ reason }) => reason)).toEqual(reasons);
  });

  it("says which event is missing, and whether it was an exception", () => {
    const text = file(...event("a", "RRULE:FREQ=DAILY"), "BEGIN:VEVENT", "UID:a", "RECURRENCE-ID:20260302T090000Z", "DTSTART:never", "END:VEVENT");
    expect(read(text).problems).toEqual([
      { kind: "event", line: 7, iCalUID: "a", isException: true, reason: "Line 10 (DTSTART:never) is not a valid date." },
    ]);
  });

  it("counts what a newer version of the same event has replaced", () => {
    expect(read(file(...event("a", "SEQUENCE:1"), ...event("a", "SEQUENCE:2")))).toMatchObject({ uids: ["a"], superseded: 1, problems: [] });
  });
});

/** A reading whose time is not bounded goes on until the test's own time-out. */
describe("five megabytes", () => {
  const SIZE = 5_000_000;

  it("of one folded line are read", () => {
    const reading = readCalendar(file(...event("a", `DESCRIPTION:${"x\r\n ".repeat(SIZE / 4)}`)));
    expect(reading).toMatchObject({ groups: [{ events: [{ description: "x".repeat(SIZE / 4) }] }] });
  });

  it("of lines that mean nothing are passed over, the first hundred by name", () => {
    expect(readCalendar(file(...event("a"), Array.from({ length: SIZE / 20 }, (_, index) => `no such line ${index}`).join("\n")))).toMatchObject({
      groups: [{ iCalUID: "a" }], problems: { length: 100 },
    });
  });

  it("of components that never end are given up where they are too deep", () => {
    expect(readCalendar("BEGIN:X\r\n".repeat(SIZE / 9)).kind).toBe("unreadable");
  });

  it("of time zones that nobody has do not make a search of each", () => {
    const zone = (index: number) => [
      "BEGIN:VTIMEZONE", `TZID:Z${index}`, "BEGIN:STANDARD", "DTSTART:19000101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0117", "RRULE:FREQ=SECONDLY", "END:STANDARD", "END:VTIMEZONE",
      "BEGIN:VEVENT", `UID:${index}`, `DTSTART;TZID=Z${index}:20260301T090000`, "END:VEVENT",
    ];
    const reading = readCalendar(file(Array.from({ length: 5_000 }, (_, index) => zone(index).join("\n")).join("\n")));
    expect(reading).toMatchObject({ groups: { length: 5_000 } });
  });
});
