import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expand } from "../expand";
import { ATTENDEE, event, recurrence, time } from "../testing/events";
import type { EventSet, UnifiedEvent } from "../model";
import { dateOf, localOf } from "../time";
import { editSeries, type EditScope } from "./edit-series";
import type { EventPatch } from "./patch";
import { endAfter } from "./shift";

const at = (day: string, clock = "09:00") => time(`${day}T${clock} @Europe/Berlin`);
const weekly = event("2026-03-02T09:00 @Europe/Berlin", "2026-03-02T10:00 @Europe/Berlin", { title: "Review", ...recurrence(["FREQ=WEEKLY;BYDAY=MO;COUNT=8"]) });
const moved: UnifiedEvent = { ...weekly, recurrence: null, recurrenceId: at("2026-03-16"), start: at("2026-03-17", "15:00"), end: at("2026-03-17", "16:00"), title: "Special" };
const series: EventSet = { master: weekly, exceptions: [moved] };

function edit(set: EventSet, scope: EditScope, original: string, patch: EventPatch | null) {
  return editSeries(set, { scope, original: at(original), patch, newUid: "new" });
}

function edited(set: EventSet, scope: EditScope, original: string, patch: EventPatch | null) {
  const result = edit(set, scope, original, patch);
  if (result.kind === "refused") throw new Error(result.code);
  return result;
}

/** What is seen: when, and what it is called. */
function seen(...sets: (EventSet | null)[]): string[] {
  const found = sets.flatMap((set) => {
    if (set === null) return [];
    const { occurrences } = expand(set, { startAt: Date.UTC(2025, 0), endAt: Date.UTC(2027, 6) }, { floatingTimeZone: "UTC", limit: 5_000 });
    return occurrences.map(({ start, startAt, source }) => ({
      startAt,
      text: `${start.kind === "date" ? start.date : start.local.slice(0, 16)} ${(source === "master" ? set.master : set.exceptions[source])?.title ?? ""}`,
    }));
  });
  return found.sort((a, b) => a.startAt - b.startAt || a.text.localeCompare(b.text)).map(({ text }) => text);
}

const before = seen(series);
const seenAfter = (result: { series: EventSet | null; following: EventSet | null }) => seen(result.series, result.following);

describe("an edit of one occurrence", () => {
  it("changes it alone", () => {
    const result = edited(series, "this", "2026-03-09", { title: "Other", start: at("2026-03-10", "11:00") });
    expect(seenAfter(result)).toEqual(before.map((each) => (each.startsWith("2026-03-09") ? "2026-03-10T11:00 Other" : each)));
    expect(result.series?.exceptions.at(-1)).toMatchObject({ recurrenceId: at("2026-03-09"), end: at("2026-03-10", "12:00"), recurrence: null, sequence: 1 });
  });

  it("changes an exception again", () => {
    const result = edited(series, "this", "2026-03-16", { location: "Room 4" });
    expect(result.series?.exceptions).toEqual([{ ...moved, location: "Room 4", sequence: 1 }]);
  });

  it("deletes it alone, exception or not", () => {
    for (const day of ["2026-03-09", "2026-03-16"]) {
      const hidden = day === "2026-03-16" ? "2026-03-17" : day;
      expect(seenAfter(edited(series, "this", day, null))).toEqual(before.filter((each) => !each.startsWith(hidden)));
    }
  });
});

describe("an edit of all occurrences", () => {
  it("changes what exceptions do not have of their own", () => {
    const result = edited(series, "all", "2026-03-09", { title: "Retro", location: "Room 4" });
    expect(seenAfter(result)).toEqual(before.map((each) => each.replace("Review", "Retro")));
    expect(result.series?.exceptions[0]).toMatchObject({ title: "Special", location: "Room 4" });
  });

  it("moves them by as much as the one that was moved; a weekday for that weekday", () => {
    expect(seenAfter(edited(series, "all", "2026-03-09", { start: at("2026-03-10", "10:30") }))).toEqual([
      "2026-03-03T10:30 Review", "2026-03-10T10:30 Review", "2026-03-17T15:00 Special", "2026-03-24T10:30 Review", "2026-03-31T10:30 Review", "2026-04-07T10:30 Review", "2026-04-14T10:30 Review", "2026-04-21T10:30 Review",
    ]);
    const twice = { master: { ...weekly, ...recurrence(["FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260318T080000Z"], { exdates: [at("2026-03-04")] }) }, exceptions: [] };
    expect(seenAfter(edited(twice, "all", "2026-03-09", { start: at("2026-03-10", "08:00") }))).toEqual([
      "2026-03-03T08:00 Review", "2026-03-10T08:00 Review", "2026-03-11T08:00 Review", "2026-03-17T08:00 Review", "2026-03-18T08:00 Review",
    ]);
  });

  it("makes them whole days, and back", () => {
    const days = edited(series, "all", "2026-03-09", { start: time("2026-03-09"), end: time("2026-03-10") });
    expect(seenAfter(days).slice(0, 2)).toEqual(["2026-03-02 Review", "2026-03-09 Review"]);
    expect(days.series?.exceptions[0]?.recurrenceId).toEqual(time("2026-03-16"));
    const again = editSeries(days.series ?? series, { scope: "all", original: time("2026-03-09"), patch: { start: at("2026-03-09"), end: at("2026-03-09", "10:00") }, newUid: "new" });
    expect(again.kind === "edited" && seen(again.series)).toEqual(before);
  });

  it("asks for a rule where the old one cannot be moved", () => {
    const monthly = { master: { ...weekly, ...recurrence(["FREQ=MONTHLY;BYDAY=1MO"]) }, exceptions: [] };
    expect(edit(monthly, "all", "2026-04-06", { start: at("2026-04-07") })).toMatchObject({ kind: "refused", code: "rule_needed" });
    const fortnightly = { master: { ...weekly, ...recurrence(["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"]) }, exceptions: [] };
    expect(edit(fortnightly, "all", "2026-03-16", { start: at("2026-03-15") })).toMatchObject({ kind: "refused", code: "rule_needed" });
    const chosen = edited(monthly, "all", "2026-04-06", { start: at("2026-04-07"), recurrence: { rrules: ["FREQ=MONTHLY;BYDAY=1TU;COUNT=2"], rdates: [], exdates: [] } });
    expect(seenAfter(chosen)).toEqual(["2026-03-03T09:00 Review", "2026-04-07T09:00 Review"]);
  });

  it("deletes the series", () => expect(edited(series, "all", "2026-03-09", null)).toEqual({ kind: "edited", series: null, following: null }));
});

describe("an edit of this and the following occurrences", () => {
  it("leaves the earlier ones, and counts on", () => {
    const result = edited(series, "thisAndFollowing", "2026-03-23", { title: "Retro" });
    expect(seenAfter(result)).toEqual(before.map((each) => (each > "2026-03-23" ? each.replace("Review", "Retro") : each)));
    expect(result.following?.master).toMatchObject({ iCalUID: "new", start: at("2026-03-23"), recurrence: { rrules: ["FREQ=WEEKLY;BYDAY=MO;COUNT=5"] } });
    expect(result.series?.master?.recurrence?.rrules).toEqual(["FREQ=WEEKLY;BYDAY=MO;UNTIL=20260323T075959Z"]);
  });

  it("takes later exceptions along, and moves what they stand for", () => {
    const result = edited(series, "thisAndFollowing", "2026-03-09", { start: at("2026-03-10", "08:00") });
    expect(seenAfter(result).slice(0, 4)).toEqual(["2026-03-02T09:00 Review", "2026-03-10T08:00 Review", "2026-03-17T15:00 Special", "2026-03-24T08:00 Review"]);
    expect(result.following?.exceptions).toMatchObject([{ iCalUID: "new", recurrenceId: at("2026-03-17", "08:00") }]);
  });

  it("from the first one on is an edit of all", () => {
    const result = edited(series, "thisAndFollowing", "2026-03-02", { title: "Retro" });
    expect([result.following, result.series?.master?.iCalUID, result.series?.master?.title]).toEqual([null, "uid-1", "Retro"]);
  });

  it("deletes them, and leaves nothing where nothing was before", () => {
    expect(seenAfter(edited(series, "thisAndFollowing", "2026-03-16", null))).toEqual(before.slice(0, 2));
    expect(edited(series, "thisAndFollowing", "2026-03-02", null).series).toBeNull();
  });

  it("is refused where two series could not show what one did", () => {
    const odd = { master: { ...weekly, ...recurrence(["FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;INTERVAL=5"]) }, exceptions: [] };
    expect(edit(odd, "thisAndFollowing", "2026-03-07", { title: "x" })).toMatchObject({ kind: "refused", code: "cannot_split" });
  });
});

describe("an edit of what is not there", () => {
  it("is refused", () => {
    expect(edit(series, "this", "2026-03-10", { title: "x" })).toMatchObject({ kind: "refused", code: "no_such_occurrence" });
    expect(edit({ master: { ...weekly, recurrence: null }, exceptions: [] }, "this", "2026-03-02", null)).toMatchObject({ kind: "refused", code: "not_a_series" });
    expect(edit({ master: null, exceptions: [moved] }, "all", "2026-03-16", null)).toMatchObject({ kind: "refused", code: "not_a_series" });
  });
});

/** Series of all forms, with holes, extra dates and exceptions, and one of their occurrences. */
const anySeries = fc
  .record({
    kind: fc.constantFrom("date", "zoned", "floating"),
    zone: fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Auckland"),
    rule: fc.constantFrom("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=10", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=4"),
    end: fc.constantFrom("", ";COUNT=9", ";UNTIL=20270301"),
    startDay: fc.integer({ min: 0, max: 60 }),
    exdates: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 2 }),
    exceptions: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 2 }),
    rdates: fc.uniqueArray(fc.integer({ min: 70, max: 200 }), { maxLength: 1 }),
    pick: fc.integer({ min: 0, max: 8 }),
  })
  .map((spec) => {
    const form = (ms: number) => {
      const local = localOf(ms);
      if (spec.kind === "date") return { kind: "date" as const, date: local.slice(0, 10) };
      return spec.kind === "zoned" ? { kind: "zoned" as const, local, timeZone: spec.zone } : { kind: "floating" as const, local };
    };
    const first = Date.UTC(2026, 0, 1 + spec.startDay, spec.kind === "date" ? 0 : 9);
    const plain: UnifiedEvent = { ...weekly, start: form(first), end: form(first + (spec.kind === "date" ? 86_400_000 : 3_600_000)), ...recurrence([spec.rule + spec.end], { rdates: spec.rdates.map((day) => ({ start: form(first + day * 86_400_000), end: null })) }) };
    const starts = expand({ master: plain, exceptions: [] }, { startAt: 0, endAt: Date.UTC(2029, 0) }, { floatingTimeZone: "UTC", limit: 13 }).occurrences.map(({ start }) => start);
    const chosen = (indexes: readonly number[]) => indexes.flatMap((index) => starts[index] ?? []);
    const master: UnifiedEvent = { ...plain, recurrence: plain.recurrence && { ...plain.recurrence, exdates: chosen(spec.exdates) } };
    const exceptions = chosen(spec.exceptions.filter((index) => !spec.exdates.includes(index))).map((start): UnifiedEvent => ({ ...plain, recurrence: null, recurrenceId: start, start, end: endAfter(start, plain), title: "Special", attendees: [{ ...ATTENDEE, name: null, email: "a@example.com" }] }));
    const visible = starts.filter((_, index) => !spec.exdates.includes(index));
    return { set: { master, exceptions } satisfies EventSet, original: visible[spec.pick % Math.max(1, visible.length)] };
  });

describe("any edit of any series", () => {
  const run = (scope: EditScope, patch: EventPatch | null, check: (was: string[], is: string[], day: string) => void) => {
    let refused = 0;
    fc.assert(fc.property(anySeries, ({ set, original }) => {
      if (original === undefined) return;
      const result = editSeries(set, { scope, original, patch, newUid: "new" });
      if (result.kind === "refused") {
        // Some cannot be divided; none of these edits can be refused otherwise.
        expect([scope, result.code]).toEqual(["thisAndFollowing", "cannot_split"]);
        refused += 1;
        return;
      }
      check(seen(set), seenAfter(result), dateOf(original));
    }), { numRuns: 120, seed: 31 });
    expect(refused).toBeLessThan(6);
  };

  it("of one leaves every other occurrence as it was", () => {
    run("this", { title: "Edited" }, (was, is, day) => expect(is).toEqual(was.map((each) => (each.startsWith(day) ? each.replace(/\S+$/, "Edited") : each))));
    run("this", null, (was, is, day) => expect(is).toEqual(was.filter((each) => !each.startsWith(day))));
  });

  it("of this and the following leaves every earlier one, and the dates of all", () => {
    run("thisAndFollowing", { title: "Edited" }, (was, is, day) => expect(is).toEqual(was.map((each) => (each.slice(0, 10) >= day ? each.replace("Review", "Edited") : each))));
    run("thisAndFollowing", null, (was, is, day) => expect(is).toEqual(was.filter((each) => each.slice(0, 10) < day)));
  });

  it("of all leaves the dates of all", () => {
    run("all", { title: "Edited" }, (was, is) => expect(is).toEqual(was.map((each) => each.replace("Review", "Edited"))));
  });
});
