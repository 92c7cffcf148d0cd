import { describe, expect, it } from "vitest";
import { ATTENDEE, event, recurrence, time } from "../testing/events";
import type { UnifiedEvent } from "../model";
import { changesBetween, changesBetweenSets } from "./change-set";

const base = event("2026-03-02T09:00 @Europe/Berlin", "2026-03-02T10:30 @Europe/Berlin", { title: "Review" });
const words = (after: Partial<UnifiedEvent>, before: UnifiedEvent = base) => changesBetween(before, { ...before, ...after }).map((change) => change.words);
const popup = (minutes: number) => ({ kind: "before" as const, method: "popup" as const, minutes, relatedTo: "start" as const });

describe("what changed, in words", () => {
  it.each<[Partial<UnifiedEvent>, string[]]>([
    [{}, []],
    [{ title: "Retro" }, ["Title changed from “Review” to “Retro”"]],
    [{ title: "" }, ["Title removed: “Review”"]],
    [{ start: time("2026-03-03T09:00 @Europe/Berlin"), end: time("2026-03-03T10:30 @Europe/Berlin") }, ["Moved from Mon 2 Mar 2026, 09:00 – 10:30 (Europe/Berlin) to Tue 3 Mar 2026, 09:00 – 10:30 (Europe/Berlin)"]],
    [{ start: time("2026-03-02"), end: time("2026-03-04") }, ["Moved from Mon 2 Mar 2026, 09:00 – 10:30 (Europe/Berlin) to Mon 2 Mar 2026 – Tue 3 Mar 2026"]],
    [{ end: time("2026-03-03T01:00 @America/New_York") }, ["Moved from Mon 2 Mar 2026, 09:00 – 10:30 (Europe/Berlin) to Mon 2 Mar 2026, 09:00 – Tue 3 Mar 2026, 01:00 (Europe/Berlin – America/New_York)"]],
    [{ location: "Room 4" }, ["Place added: “Room 4”"]],
    [{ status: "cancelled", transparency: "transparent" }, ["Cancelled", "Shown as free"]],
    [recurrence(["FREQ=WEEKLY;BYDAY=MO"]), ["Repeats: Every week on Monday"]],
    [{ attendees: [{ ...ATTENDEE, name: "Ann", email: "ann@example.com" }] }, ["Ann was invited"]],
    [{ ownResponse: "tentative" }, ["You said maybe"]],
    [{ description: "x" }, ["Description added"]],
    [{ reminders: { useDefault: false, list: [popup(15), popup(2_880)] } }, ["Reminder added: “15 minutes before”", "Reminder added: “2 days before”"]],
    [{ reminders: { useDefault: false, list: [{ kind: "before", method: "email", minutes: -60, relatedTo: "end" }] } }, ["Reminder added: “1 hour after the end by e-mail”"]],
    [{ categories: ["Work"] }, ["Category added: “Work”"]],
    [{ visibility: "private", purpose: "outOfOffice" }, ["Set as out of office", "Made private"]],
  ])("%j", (after, expected) => expect(words(after)).toEqual(expected));

  it("tells guests one by one", () => {
    const guest = (name: string, more = {}) => ({ ...ATTENDEE, name, email: `${name.toLowerCase()}@example.com`, ...more });
    const before = { ...base, attendees: [guest("Ann", { response: "needsAction" }), guest("Bo")] };
    expect(words({ attendees: [guest("Ann"), guest("Cem", { response: "needsAction" })] }, before)).toEqual(["Ann accepted", "Cem was invited", "Bo is not invited any more"]);
  });

  it("tells the dates that a series leaves out", () => {
    const before = { ...base, ...recurrence(["FREQ=WEEKLY"]) };
    expect(words(recurrence(["FREQ=WEEKLY"], { exdates: [time("2026-03-09T09:00 @Europe/Berlin")] }), before)).toEqual(["Left out on Mon 9 Mar 2026"]);
    expect(words({ recurrence: null }, before)).toEqual(["Does not repeat any more"]);
  });

  it("has something to say of every field", () => {
    const other: Partial<UnifiedEvent> = {
      url: "https://example.com", color: "#ff0000", organizer: { name: "Ann", email: null }, extended: "{}", attachments: [{ title: "Plan", url: null, mimeType: null }],
      conference: { service: null, name: null, id: null, entries: [], notes: null },
    };
    for (const [field, value] of Object.entries(other)) expect(words({ [field]: value })).toHaveLength(1);
  });
});

describe("what changed in a series", () => {
  it("is told event by event", () => {
    const master = { ...base, ...recurrence(["FREQ=DAILY"]) };
    const exception = { ...base, recurrenceId: time("2026-03-03T09:00 @Europe/Berlin") };
    const later = { ...base, recurrenceId: time("2026-03-05T09:00 @Europe/Berlin"), title: "Later" };
    expect(changesBetweenSets({ master, exceptions: [exception] }, { master: { ...master, title: "Retro" }, exceptions: [later] })).toEqual([
      { key: "", kind: "changed", title: "Retro", changes: [{ field: "title", words: "Title changed from “Review” to “Retro”" }] },
      { key: "20260303T080000Z", kind: "removed", title: "Review", changes: [] },
      { key: "20260305T080000Z", kind: "added", title: "Later", changes: [] },
    ]);
  });
});
