import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryEvent } from "./testing/arbitrary-event";
import { ATTENDEE, event, recurrence, time, windowOf } from "./testing/events";
import { busyKind, freeBusy } from "./free-busy";
import type { EventSet, UnifiedEvent } from "./model";

const OPTIONS = { timeZone: "Europe/Berlin", addresses: ["Me@example.com"], limitPerSet: 1_000 };
const DAY = windowOf("2026-03-02", "2026-03-03");

const single = (start: string, end: string, more: Partial<UnifiedEvent> = {}): EventSet => ({ master: event(`2026-03-02T${start}Z`, `2026-03-02T${end}Z`, more), exceptions: [] });

/** `09:00–10:00 busy`, in UTC. */
function busy(sets: EventSet[], window = DAY, options = OPTIONS): string[] {
  return freeBusy(sets, window, options).busy.map(({ kind, startAt, endAt }) => `${clock(startAt)}–${clock(endAt)} ${kind}`);
}

const clock = (at: number) => new Date(at).toISOString().slice(11, 16);
const asked = (response: UnifiedEvent["attendees"][number]["response"]) => ({ attendees: [{ ...ATTENDEE, name: null, email: "me@EXAMPLE.com", response }] });

describe("the time an event takes", () => {
  it.each<[string, Partial<UnifiedEvent>, string[]]>([
    ["an ordinary one", {}, ["09:00–10:00 busy"]],
    ["a transparent one", { transparency: "transparent" }, []],
    ["a cancelled one", { status: "cancelled" }, []],
    ["a tentative one", { status: "tentative" }, ["09:00–10:00 tentative"]],
    ["an absence", { purpose: "outOfOffice" }, ["09:00–10:00 outOfOffice"]],
    ["one that was declined", asked("declined"), []],
    ["one that somebody else goes to instead", asked("delegated"), []],
    ["one that was not answered", asked("needsAction"), ["09:00–10:00 tentative"]],
    ["one that was accepted", asked("accepted"), ["09:00–10:00 busy"]],
    ["what the calendar says of its owner counts first", { ...asked("needsAction"), ownResponse: "declined" }, []],
    ["an invitation to others", { attendees: [{ ...ATTENDEE, name: null, email: "you@example.com", response: "declined" }] }, ["09:00–10:00 busy"]],
  ])("%s", (_, more, expected) => expect(busy([single("09:00", "10:00", more)])).toEqual(expected));
});

describe("busy times", () => {
  it("are joined, and the stronger kind stands where two meet", () => {
    expect(busy([
      single("09:00", "12:00", { status: "tentative" }), single("10:00", "11:00"), single("11:00", "11:30"), single("11:15", "13:00", { purpose: "outOfOffice" }), single("13:00", "13:00"),
    ])).toEqual(["09:00–10:00 tentative", "10:00–11:15 busy", "11:15–13:00 outOfOffice"]);
  });

  it("end at the window", () => expect(busy([single("09:00", "12:00")], windowOf("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z"))).toEqual(["10:00–11:00 busy"]));

  it("of whole days are days where the person is", () => {
    const day: EventSet = { master: event("2026-03-02", "2026-03-03"), exceptions: [] };
    const window = windowOf("2026-03-01", "2026-03-05");
    const inZone = (timeZone: string) => freeBusy([day], window, { ...OPTIONS, timeZone }).busy.map(({ startAt, endAt }) => [new Date(startAt).toISOString().slice(5, 13), (endAt - startAt) / 3_600_000]);
    expect([inZone("Pacific/Honolulu"), inZone("Pacific/Tongatapu")]).toEqual([[["03-02T10", 24]], [["03-01T11", 24]]]);
  });

  it("come from each occurrence and its exception", () => {
    const master = event("2026-03-02T09:00Z", "2026-03-02T10:00Z", recurrence(["FREQ=HOURLY;INTERVAL=2;COUNT=4"]));
    const declined = { ...master, recurrence: null, recurrenceId: time("2026-03-02T11:00Z"), start: time("2026-03-02T11:00Z"), end: time("2026-03-02T12:00Z"), ownResponse: "declined" as const };
    expect(busy([{ master, exceptions: [declined] }])).toEqual(["09:00–10:00 busy", "13:00–14:00 busy", "15:00–16:00 busy"]);
    expect(freeBusy([{ master, exceptions: [] }], DAY, { ...OPTIONS, limitPerSet: 2 }).truncated).toBe(true);
  });

  it("are in order, apart from each other, and cover what takes time and nothing else", () => {
    const window = windowOf("2024-01-01", "2028-06-01");
    fc.assert(fc.property(fc.array(arbitraryEvent, { maxLength: 6 }), (events) => {
      const sets = events.map((each): EventSet => ({ master: { ...each, recurrence: null }, exceptions: [] }));
      const found = freeBusy(sets, window, OPTIONS).busy;
      for (const [index, each] of found.entries()) {
        expect(each.startAt).toBeLessThan(each.endAt);
        expect(each.startAt).toBeGreaterThanOrEqual(found[index - 1]?.endAt ?? 0);
      }
      const together = (times: { startAt: number; endAt: number }[]) => times.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
      const alone = sets.map((set) => ({ set, times: freeBusy([set], window, OPTIONS).busy }));
      for (const { set, times } of alone) {
        expect(times.length > 0).toBe(set.master !== null && busyKind(set.master, new Set(["me@example.com"])) !== null && JSON.stringify(set.master.start) !== JSON.stringify(set.master.end));
        for (const time of times) expect(found.some(({ startAt, endAt }) => startAt <= time.startAt && endAt >= Math.min(time.endAt, endAt) && endAt > time.startAt)).toBe(true);
      }
      expect(together(found)).toBeLessThanOrEqual(together(alone.flatMap(({ times }) => times)));
    }), { numRuns: 100, seed: 41 });
  });
});
