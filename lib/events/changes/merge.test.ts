import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryEvent } from "../testing/arbitrary-event";
import { ATTENDEE, event, recurrence, time } from "../testing/events";
import type { UnifiedEvent } from "../model";
import { mergeEvents } from "./merge-events";
import { mergeSets } from "./merge-sets";

const base = event("2026-03-02T09:00 @Europe/Berlin", "2026-03-02T10:00 @Europe/Berlin", {
  title: "Review", location: "Room 1",
  attendees: [{ ...ATTENDEE, name: "Ann", email: "ann@example.com", response: "needsAction" }, { ...ATTENDEE, name: "Bo", email: "bo@example.com" }],
});
const merge = (local: Partial<UnifiedEvent>, remote: Partial<UnifiedEvent>, from: UnifiedEvent = base) => mergeEvents(from, { ...from, ...local }, { ...from, ...remote }, "remote");
const units = (merged: ReturnType<typeof mergeEvents>) => merged.conflicts.map(({ unit }) => unit);

describe("two versions of an event", () => {
  it("are merged silently where they changed different things", () => {
    const { merged, conflicts } = merge({ title: "Retro", start: time("2026-03-02T08:00 @Europe/Berlin") }, { location: "Room 2", sequence: 3 });
    expect(conflicts).toEqual([]);
    expect(merged).toEqual({ ...base, title: "Retro", start: time("2026-03-02T08:00 @Europe/Berlin"), location: "Room 2", sequence: 3 });
  });

  it("are in conflict where they changed the same thing, and both values are kept", () => {
    const { merged, conflicts } = merge({ title: "Mine" }, { title: "Theirs" });
    expect(merged.title).toBe("Theirs");
    expect(conflicts).toEqual([{ unit: "title", base: { title: "Review" }, local: { title: "Mine" }, remote: { title: "Theirs" } }]);
  });

  it("are merged guest by guest", () => {
    const [ann, bo] = base.attendees;
    if (ann === undefined || bo === undefined) throw new Error("attendees");
    const cem = { ...ATTENDEE, name: "Cem", email: "cem@example.com" };
    const { merged, conflicts } = merge({ attendees: [ann, cem] }, { attendees: [{ ...ann, response: "accepted" }, bo] });
    expect(conflicts).toEqual([]);
    expect(merged.attendees).toEqual([{ ...ann, response: "accepted" }, cem]);
    expect(units(merge({ attendees: [ann] }, { attendees: [ann, { ...bo, response: "declined" }] }))).toEqual(["attendees"]);
  });

  describe("of a series", () => {
    const series = { ...base, ...recurrence(["FREQ=WEEKLY"]) };
    const without = (...days: string[]) => recurrence(["FREQ=WEEKLY"], { exdates: days.map((day) => time(`${day}T09:00 @Europe/Berlin`)) });

    it("leave out what either left out", () => {
      const { merged, conflicts } = merge(without("2026-03-09"), without("2026-03-16"), series);
      expect([merged.recurrence?.exdates, conflicts]).toEqual([[time("2026-03-09T09:00 @Europe/Berlin"), time("2026-03-16T09:00 @Europe/Berlin")], []]);
    });

    it("are in conflict when one moved it and the other left out a date, which would come back", () => {
      expect(units(merge({ start: time("2026-03-02T11:00 @Europe/Berlin"), end: time("2026-03-02T12:00 @Europe/Berlin") }, without("2026-03-09"), series))).toEqual(["schedule"]);
    });
  });
});

describe("a merge of any events", () => {
  const three = fc.tuple(arbitraryEvent, arbitraryEvent, arbitraryEvent);
  const runs = { numRuns: 120, seed: 21 };

  it("is what one side says when the other changed nothing", () => {
    fc.assert(fc.property(arbitraryEvent, arbitraryEvent, (before, changed) => {
      const expected = { ...changed, sequence: Math.max(before.sequence, changed.sequence) };
      const sorted = ({ attendees, categories, ...rest }: UnifiedEvent) => ({ ...rest, attendees: [...attendees].sort((a, b) => String(a.email).localeCompare(String(b.email))), categories: [...categories].sort() });
      for (const merged of [mergeEvents(before, changed, before, "local"), mergeEvents(before, before, changed, "local")]) {
        expect(merged.conflicts).toEqual([]);
        // Guests have no order of their own.
        expect(sorted(merged.merged)).toEqual(sorted(expected));
      }
    }), runs);
  });

  it("does not depend on which side is which", () => {
    fc.assert(fc.property(three, ([before, a, b]) => {
      const [one, other] = [mergeEvents(before, a, b, "local"), mergeEvents(before, b, a, "remote")];
      expect(one.merged).toEqual(other.merged);
      expect(one.conflicts).toEqual(other.conflicts.map(({ unit, base: was, local, remote }) => ({ unit, base: was, local: remote, remote: local })));
    }), runs);
  });

  it("is settled: merging again with what both sides now have changes nothing", () => {
    fc.assert(fc.property(three, ([before, a, b]) => {
      const { merged } = mergeEvents(before, a, b, "local");
      expect(mergeEvents(merged, merged, merged, "local")).toEqual({ merged, conflicts: [] });
      expect(mergeEvents(before, merged, merged, "remote")).toEqual({ merged, conflicts: [] });
    }), runs);
  });

  it("loses nothing: each value of either side is in the result or in a conflict", () => {
    fc.assert(fc.property(three, ([before, a, b]) => {
      const { merged, conflicts } = mergeEvents(before, a, b, "local");
      for (const field of ["title", "location", "color", "status", "reminders", "conference"] as const) {
        const said = JSON.stringify([merged, ...conflicts.flatMap(({ local, remote }) => [local, remote])].map((each) => each[field] ?? null));
        for (const side of [a, b]) if (JSON.stringify(side[field]) !== JSON.stringify(before[field])) expect(said).toContain(JSON.stringify(side[field]));
      }
    }), runs);
  });
});

describe("two versions of a series with exceptions", () => {
  const master = { ...base, ...recurrence(["FREQ=DAILY"]) };
  const exception = (day: string, more: Partial<UnifiedEvent> = {}) => ({ ...base, recurrenceId: time(`2026-03-${day}T09:00 @Europe/Berlin`), ...more });
  const set = (...exceptions: UnifiedEvent[]) => ({ master, exceptions });

  it("have the exceptions of both", () => {
    const { merged, conflicts } = mergeSets(set(), set(exception("03")), set(exception("04", { title: "Other" })), "local");
    expect([merged, conflicts]).toEqual([set(exception("03"), exception("04", { title: "Other" })), []]);
  });

  it("lose an exception that one side took away, unless the other changed it", () => {
    expect(mergeSets(set(exception("03")), set(), set(exception("03")), "local").merged).toEqual(set());
    const changed = exception("03", { title: "Changed" });
    const { merged, conflicts } = mergeSets(set(exception("03")), set(), set(changed), "remote");
    expect(merged).toEqual(set(changed));
    expect(conflicts).toEqual([{ kind: "removed", key: "20260303T080000Z", local: null, remote: changed }]);
  });

  it("are in conflict where both made an exception of one occurrence, in what differs only", () => {
    const [mine, theirs] = [exception("03", { title: "Mine", location: null }), exception("03", { title: "Theirs", color: "#ff0000", location: null })];
    const { merged, conflicts } = mergeSets(set(), set(mine), set(theirs), "local");
    expect(merged.exceptions).toEqual([{ ...mine, color: "#ff0000" }]);
    expect(conflicts).toMatchObject([{ kind: "fields", key: "20260303T080000Z", conflicts: [{ unit: "title" }] }]);
  });
});
