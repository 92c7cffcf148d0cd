import { describe, expect, it } from "vitest";
import { ATTENDEE } from "../testing/events";
import { nearestColorName } from "./colors";
import { readCalendar } from "./read-calendar";

function one(...lines: string[]) {
  const text = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:u", "DTSTART:20260301T090000Z", ...lines, "END:VEVENT", "END:VCALENDAR"].join("\r\n");
  const reading = readCalendar(text);
  const event = reading.kind === "events" ? reading.groups[0]?.events[0] : undefined;
  if (event === undefined) throw new Error(JSON.stringify(reading));
  return event;
}

describe("details of an event", () => {
  it("are read from where RFC 5545 and RFC 7986 put them", () => {
    const event = one(
      "COLOR:Turquoise", "CATEGORIES:Work,Trips\\, long", "CATEGORIES:Home",
      "ATTACH;FMTTYPE=application/pdf;FILENAME=plan.pdf:https://example.com/plan.pdf", "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
      'CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL="Join: here":https://meet.example.com/1', "CONFERENCE;VALUE=URI:tel:+4930123",
    );
    expect(event).toMatchObject({
      color: "#40e0d0",
      categories: ["Work", "Trips, long", "Home"],
      attachments: [
        { title: "plan.pdf", url: "https://example.com/plan.pdf", mimeType: "application/pdf" },
        { title: null, url: null, mimeType: null },
      ],
      conference: { entries: [
        { kind: "video", uri: "https://meet.example.com/1", label: "Join: here" },
        { kind: "phone", uri: "tel:+4930123", label: null },
      ] },
    });
  });

  it("include what producers put elsewhere", () => {
    expect(one("X-GOOGLE-CONFERENCE:https://meet.example.com/2").conference?.entries[0]?.uri).toBe("https://meet.example.com/2");
    expect(one("X-MICROSOFT-CDO-BUSYSTATUS:OOF").purpose).toBe("outOfOffice");
    expect(one('ATTENDEE;CUTYPE=ROOM;X-NUM-GUESTS=2;X-RESPONSE-COMMENT="late":mailto:r@example.com').attendees[0])
      .toEqual({ ...ATTENDEE, name: null, email: "r@example.com", response: "needsAction", kind: "room", comment: "late", additionalGuests: 2 });
  });
});

describe("reminders", () => {
  const alarm = (...lines: string[]) => ["BEGIN:VALARM", ...lines, "END:VALARM"];

  it("are the alarms that can be read, before or after, from the start or the end, or at an instant", () => {
    expect(one(
      ...alarm("ACTION:DISPLAY", "TRIGGER:-PT15M"), ...alarm("ACTION:EMAIL", "TRIGGER;RELATED=END:PT1H"), ...alarm("ACTION:AUDIO", "TRIGGER:-P1D"),
      ...alarm("ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20260228T080000Z"), ...alarm("ACTION:DISPLAY", "TRIGGER:soon"), ...alarm("ACTION:NONE", "TRIGGER:-PT0S"),
    ).reminders).toEqual({ useDefault: false, list: [
      { kind: "before", method: "popup", minutes: 15, relatedTo: "start" },
      { kind: "before", method: "email", minutes: -60, relatedTo: "end" },
      { kind: "before", method: "sound", minutes: 1_440, relatedTo: "start" },
      { kind: "at", method: "popup", at: "2026-02-28T08:00:00Z" },
    ] });
  });
});

describe("the name of a colour", () => {
  it("is the nearest one", () => expect([nearestColorName("#40e0d1"), nearestColorName("#010000")]).toEqual(["turquoise", "black"]));
});
