import { describe, expect, it } from "vitest";
import { expand } from "./expand";
import { recurrenceKey } from "./time";
import { event, occurrencesOf, recurrence, starts, time, windowOf, YEAR_2026 } from "./testing/events";

describe("a single event", () => {
  it("is there when it overlaps the window, once", () => {
    const meeting = event("2026-03-01T09:00Z", "2026-03-01T10:00Z");
    const inWindow = (from: string, to: string) => occurrencesOf(meeting, [], windowOf(from, to)).length;
    expect(inWindow("2026-03-01T09:59Z", "2026-03-02T00:00Z")).toBe(1);
    expect(inWindow("2026-03-01T10:00Z", "2026-03-02T00:00Z")).toBe(0);
    expect(inWindow("2026-03-01T00:00Z", "2026-03-01T09:00Z")).toBe(0);
    expect(occurrencesOf(meeting)[0]).toMatchObject({ recurrenceKey: null, source: "master" });
  });

  it("without length belongs to the window that contains its start", () => {
    const moment = event("2026-03-01T09:00Z", "2026-03-01T09:00Z");
    expect(occurrencesOf(moment, [], windowOf("2026-03-01T09:00Z", "2026-03-01T10:00Z"))).toHaveLength(1);
    expect(occurrencesOf(moment, [], windowOf("2026-03-01T08:00Z", "2026-03-01T09:00Z"))).toHaveLength(0);
  });

  it("never ends before it starts", () => {
    const [backwards] = occurrencesOf(event("2026-03-01T09:00Z", "2026-03-01T08:00Z"));
    expect(backwards?.endAt).toBe(backwards?.startAt);
  });
});

describe("wall time", () => {
  it("stays the same across clock changes", () => {
    const weekly = event("2026-03-01T14:10 @America/New_York", "2026-03-01T15:00 @America/New_York", recurrence(["FREQ=WEEKLY;COUNT=3"]));
    const found = occurrencesOf(weekly);
    expect(starts(found)).toEqual(["2026-03-01T14:10:00", "2026-03-08T14:10:00", "2026-03-15T14:10:00"]);
    expect(found.map(({ startAt }) => new Date(startAt).toISOString().slice(11, 16))).toEqual(["19:10", "18:10", "18:10"]);
  });

  it("keeps an occurrence that falls into a gap, shifted, and counts it", () => {
    const daily = event("2026-03-07T02:30 @America/New_York", "2026-03-07T03:00 @America/New_York", recurrence(["FREQ=DAILY;COUNT=3"]));
    const found = occurrencesOf(daily);
    expect(found.map(({ startAt }) => new Date(startAt).toISOString().slice(5, 16))).toEqual(["03-07T07:30", "03-08T07:30", "03-09T06:30"]);
    expect(found[1]?.recurrenceKey).toBe("20260308T073000Z");
  });

  it("takes the first of two equal times", () => {
    const daily = event("2026-10-31T01:30 @America/New_York", "2026-10-31T02:00 @America/New_York", recurrence(["FREQ=DAILY;COUNT=2"]));
    expect(new Date(occurrencesOf(daily)[1]?.startAt ?? 0).toISOString()).toBe("2026-11-01T05:30:00.000Z");
  });

  it("keeps the exact length of a night that a clock change makes shorter", () => {
    const night = event("2026-03-27T22:00 @Europe/Berlin", "2026-03-28T06:00 @Europe/Berlin", recurrence(["FREQ=DAILY;COUNT=2"]));
    const second = occurrencesOf(night)[1];
    expect((second?.endAt ?? 0) - (second?.startAt ?? 0)).toBe(8 * 3_600_000);
    expect(second?.end).toEqual(time("2026-03-29T07:00 @Europe/Berlin"));
  });

  it("repeats every hour of the day on which one hour occurs twice", () => {
    const hourly = event("2026-11-01T00:00 @America/New_York", "2026-11-01T00:10 @America/New_York", recurrence(["FREQ=HOURLY;INTERVAL=2;COUNT=4"]));
    expect(occurrencesOf(hourly).map(({ startAt }) => new Date(startAt).toISOString().slice(11, 16))).toEqual(["04:00", "06:00", "08:00", "10:00"]);
  });

  it("is read in the viewer's zone when it floats, with the same keys for everybody", () => {
    const floating = event("2026-03-01T09:00", "2026-03-01T10:00", recurrence(["FREQ=DAILY;COUNT=2"]));
    const hawaii = occurrencesOf(floating, [], YEAR_2026, { floatingTimeZone: "Pacific/Honolulu" });
    const auckland = occurrencesOf(floating, [], YEAR_2026, { floatingTimeZone: "Pacific/Auckland" });
    expect(hawaii.map((o) => o.recurrenceKey)).toEqual(["20260301T090000", "20260302T090000"]);
    expect(auckland.map((o) => o.recurrenceKey)).toEqual(hawaii.map((o) => o.recurrenceKey));
    expect((hawaii[0]?.startAt ?? 0) - (auckland[0]?.startAt ?? 0)).toBe(23 * 3_600_000);
  });

  it("keeps the zone of an end that is elsewhere", () => {
    const flight = event("2026-03-01T10:00 @Europe/Berlin", "2026-03-01T12:00 @America/New_York", recurrence(["FREQ=WEEKLY;COUNT=2"]));
    expect(occurrencesOf(flight)[1]?.end).toEqual(time("2026-03-08T13:00 @America/New_York"));
  });
});

describe("all-day series", () => {
  it("have the same dates in every zone", () => {
    const days = event("2026-03-07", "2026-03-09", recurrence(["FREQ=MONTHLY;COUNT=2"]));
    for (const floatingTimeZone of ["Pacific/Honolulu", "UTC", "Pacific/Auckland"]) {
      expect(occurrencesOf(days, [], YEAR_2026, { floatingTimeZone })).toMatchObject([
        { recurrenceKey: "2026-03-07", end: { date: "2026-03-09" }, startAt: Date.UTC(2026, 2, 7), endAt: Date.UTC(2026, 2, 9) },
        { recurrenceKey: "2026-04-07", end: { date: "2026-04-09" } },
      ]);
    }
  });

  it("ignore times of day in the rule and accept UNTIL as an instant", () => {
    const days = event("2026-03-01", "2026-03-02", recurrence(["FREQ=DAILY;BYHOUR=9,17;UNTIL=20260303T225959Z"]));
    expect(starts(occurrencesOf(days))).toEqual(["2026-03-01", "2026-03-02", "2026-03-03"]);
  });

  it("skip leap days in other years", () => {
    const birthday = event("2024-02-29", "2024-03-01", recurrence(["FREQ=YEARLY"]));
    expect(starts(occurrencesOf(birthday, [], windowOf("2024-01-01", "2033-01-01")))).toEqual(["2024-02-29", "2028-02-29", "2032-02-29"]);
  });
});

describe("rules", () => {
  const master = (rules: string[], more = {}) => event("2026-03-02T09:00 @Europe/Berlin", "2026-03-02T10:00 @Europe/Berlin", recurrence(rules, more));

  it("are united when there are several, without duplicates", () => {
    const found = occurrencesOf(master(["FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;COUNT=2"]));
    expect(starts(found).map((start) => start.slice(8, 10))).toEqual(["02", "03", "04", "09"]);
  });

  it.each([
    ["an instant", "UNTIL=20260304T080000Z", 3],
    ["an instant just before", "UNTIL=20260304T075959Z", 2],
    ["a date", "UNTIL=20260304", 3],
    ["a local time", "UNTIL=20260304T090000", 3],
  ])("end at UNTIL when it is %s", (_, until, count) => {
    expect(occurrencesOf(master([`FREQ=DAILY;${until}`]))).toHaveLength(count);
  });

  it("count BYSETPOS within each period", () => {
    const last = master(["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2"]);
    expect(starts(occurrencesOf(last)).map((start) => start.slice(0, 10))).toEqual(["2026-03-31", "2026-04-30"]);
  });

  it("skip months that lack the day", () => {
    const found = occurrencesOf(event("2026-01-31", "2026-02-01", recurrence(["FREQ=MONTHLY;COUNT=3"])));
    expect(starts(found)).toEqual(["2026-01-31", "2026-03-31", "2026-05-31"]);
  });

  it("respect the day on which a week starts", () => {
    const every = (wkst: string) => event("2026-01-06", "2026-01-07", recurrence([`FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=${wkst}`]));
    expect(starts(occurrencesOf(every("MO")))).toEqual(["2026-01-06", "2026-01-11", "2026-01-20", "2026-01-25"]);
    expect(starts(occurrencesOf(every("SU")))).toEqual(["2026-01-06", "2026-01-18", "2026-01-20", "2026-02-01"]);
  });

  it("keep to their weekday in a numbered week", () => {
    const found = occurrencesOf(event("2026-03-02", "2026-03-03", recurrence(["FREQ=YEARLY;BYWEEKNO=10"])), [], windowOf("2026-01-01", "2029-01-01"));
    expect(starts(found)).toEqual(["2026-03-02", "2027-03-08", "2028-03-06"]);
  });

  it.each(["FREQ=SOMETIMES", "FREQ=DAILY;BYEASTER=1", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;BYHOUR=99", "nonsense", ""])(
    "that cannot be understood (%s) leave the first event standing",
    (rule) => expect(starts(occurrencesOf(master([rule])))).toEqual(["2026-03-02T09:00:00"]),
  );

  it("that never come true find an end", () => {
    expect(occurrencesOf(master(["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]), [], windowOf("2026-01-01", "2126-01-01"))).toEqual([]);
    expect(occurrencesOf(master(["FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"]))).toEqual([]);
  });
});

describe("RDATE and EXDATE", () => {
  const master = (more: object, rules = ["FREQ=DAILY;COUNT=3"]) =>
    event("2026-03-02T09:00 @Europe/Berlin", "2026-03-02T10:00 @Europe/Berlin", recurrence(rules, more));

  it("add dates, with the master's length or their own", () => {
    const found = occurrencesOf(master({ rdates: [
      { start: time("2026-03-10T09:00 @Europe/Berlin"), end: null },
      { start: time("2026-03-11T11:00Z"), end: time("2026-03-11T14:00Z") },
    ] }));
    expect(starts(found).slice(3)).toEqual(["2026-03-10T09:00:00", "2026-03-11T12:00:00"]);
    expect(found.slice(3).map(({ startAt, endAt }) => (endAt - startAt) / 3_600_000)).toEqual([1, 3]);
  });

  it("do not show a date twice that a rule gives as well", () => {
    expect(occurrencesOf(master({ rdates: [{ start: time("2026-03-03T08:00Z"), end: null }] }))).toHaveLength(3);
  });

  it("make a series of their own, with the first event in it", () => {
    const found = occurrencesOf(master({ rdates: [{ start: time("2026-05-01T09:00 @Europe/Berlin"), end: null }] }, []));
    expect(starts(found)).toEqual(["2026-03-02T09:00:00", "2026-05-01T09:00:00"]);
  });

  it.each([
    ["in the same zone", "2026-03-03T09:00 @Europe/Berlin"],
    ["in another zone", "2026-03-03T17:00 @Asia/Tokyo"],
    ["in UTC", "2026-03-03T08:00Z"],
    ["as a bare date", "2026-03-03"],
    ["as a floating time", "2026-03-03T09:00"],
  ])("take a date away that is written %s", (_, exdate) => {
    expect(starts(occurrencesOf(master({ exdates: [time(exdate)] }))).map((s) => s.slice(8, 10))).toEqual(["02", "04"]);
  });

  it("take an all-day date away that is written as a time", () => {
    const days = event("2026-03-02", "2026-03-03", recurrence(["FREQ=DAILY;COUNT=3"], { exdates: [time("2026-03-03T00:00:00")] }));
    expect(starts(occurrencesOf(days))).toEqual(["2026-03-02", "2026-03-04"]);
  });
});

describe("exceptions", () => {
  const master = event("2026-03-02T09:00 @Europe/Berlin", "2026-03-02T10:00 @Europe/Berlin", recurrence(["FREQ=WEEKLY;COUNT=4"]));
  const exception = (original: string, start: string, end: string, more = {}) => event(start, end, { recurrenceId: time(original), ...more });

  it("take the place of the occurrence they name", () => {
    const moved = exception("2026-03-09T09:00 @Europe/Berlin", "2026-03-10T15:00 @Europe/Berlin", "2026-03-10T16:00 @Europe/Berlin");
    const found = occurrencesOf(master, [moved]);
    expect(starts(found)).toEqual(["2026-03-02T09:00:00", "2026-03-10T15:00:00", "2026-03-16T09:00:00", "2026-03-23T09:00:00"]);
    expect(found[1]).toMatchObject({ source: 0, recurrenceKey: recurrenceKey(time("2026-03-09T09:00 @Europe/Berlin")) });
  });

  it("leave the window and enter it with their new start", () => {
    const away = exception("2026-03-09T08:00Z", "2026-06-01T08:00Z", "2026-06-01T09:00Z");
    expect(occurrencesOf(master, [away], windowOf("2026-03-08", "2026-03-15"))).toEqual([]);
    expect(occurrencesOf(master, [away], windowOf("2026-06-01", "2026-06-02"))).toMatchObject([{ source: 0 }]);
  });

  it("leave a hole when they are cancelled, whatever form their name has", () => {
    for (const original of ["2026-03-09T09:00 @Europe/Berlin", "2026-03-09T08:00Z", "2026-03-09"]) {
      const cancelled = exception(original, "2026-03-09T08:00Z", "2026-03-09T09:00Z", { status: "cancelled" });
      expect(occurrencesOf(master, [cancelled])).toHaveLength(3);
    }
  });

  it("count once per original start: the later SEQUENCE wins", () => {
    const newer = exception("2026-03-09T08:00Z", "2026-03-09T12:00Z", "2026-03-09T13:00Z", { sequence: 2 });
    const older = exception("2026-03-09T08:00Z", "2026-03-09T18:00Z", "2026-03-09T19:00Z", { sequence: 1 });
    expect(occurrencesOf(master, [newer, older])[1]).toMatchObject({ source: 0 });
  });

  it("are shown without their master", () => {
    const orphans = [
      exception("2026-03-09T08:00Z", "2026-03-09T12:00Z", "2026-03-09T13:00Z"),
      exception("2026-03-02T08:00Z", "2026-03-02T12:00Z", "2026-03-02T13:00Z"),
      exception("2026-03-16T08:00Z", "2026-03-16T12:00Z", "2026-03-16T13:00Z", { status: "cancelled" }),
    ];
    expect(occurrencesOf(null, orphans).map(({ source, recurrenceKey: key }) => [source, key])).toEqual([
      [1, "20260302T080000Z"], [0, "20260309T080000Z"],
    ]);
  });
});

describe("exceptions that change everything after them", () => {
  const berlin = (text: string) => `${text} @Europe/Berlin`;
  const master = event(berlin("2026-03-02T09:00"), berlin("2026-03-02T10:00"), recurrence(["FREQ=WEEKLY;COUNT=6"]));
  const from = (original: string, start: string, end: string, more = {}) =>
    event(start, end, { recurrenceId: time(original), recurrenceRange: "thisAndFuture", ...more });
  const shown = (...exceptions: Parameters<typeof occurrencesOf>[1] & object) =>
    occurrencesOf(master, exceptions).map(({ start, startAt, endAt, source }) => [start.kind === "date" ? start.date : start.local.slice(5, 16), (endAt - startAt) / 60_000, source]);

  it("move and describe it, at the new wall time across clock changes", () => {
    const later = from(berlin("2026-03-16T09:00"), berlin("2026-03-17T11:00"), berlin("2026-03-17T11:30"));
    expect(shown(later)).toEqual([
      ["03-02T09:00", 60, "master"], ["03-09T09:00", 60, "master"],
      ["03-17T11:00", 30, 0], ["03-24T11:00", 30, 0], ["03-31T11:00", 30, 0], ["04-07T11:00", 30, 0],
    ]);
    expect(occurrencesOf(master, [later]).map(({ recurrenceKey: key }) => key)).toEqual(occurrencesOf(master).map(({ recurrenceKey: key }) => key));
  });

  it("give way to an exception of one date, and to the next change, which counts from the original", () => {
    const first = from(berlin("2026-03-09T09:00"), berlin("2026-03-09T12:00"), berlin("2026-03-09T13:00"));
    const single = event(berlin("2026-03-16T20:00"), berlin("2026-03-16T21:00"), { recurrenceId: time(berlin("2026-03-16T09:00")) });
    const second = from(berlin("2026-03-30T09:00"), berlin("2026-03-30T08:00"), berlin("2026-03-30T09:00"));
    expect(shown(second, single, first)).toEqual([
      ["03-02T09:00", 60, "master"], ["03-09T12:00", 60, 2], ["03-16T20:00", 60, 1], ["03-23T12:00", 60, 2], ["03-30T08:00", 60, 0], ["04-06T08:00", 60, 0],
    ]);
  });

  it("end the series when they are cancelled", () => {
    expect(shown(from(berlin("2026-03-16T09:00"), berlin("2026-03-16T09:00"), berlin("2026-03-16T10:00"), { status: "cancelled" }))).toHaveLength(2);
  });

  it("may make it all-day, or move it to another zone", () => {
    expect(shown(from(berlin("2026-03-30T09:00"), "2026-03-30", "2026-03-31")).slice(4)).toEqual([["2026-03-30", 1_440, 0], ["2026-04-06", 1_440, 0]]);
    const tokyo = occurrencesOf(master, [from(berlin("2026-03-30T09:00"), "2026-03-30T09:00 @Asia/Tokyo", "2026-03-30T10:00 @Asia/Tokyo")]);
    expect(tokyo.at(-1)).toMatchObject({ start: time("2026-04-06T09:00 @Asia/Tokyo"), startAt: Date.UTC(2026, 3, 6) });
  });

  it("leave EXDATE and windows what they are, however far they move it", () => {
    const holes = { ...master, recurrence: { rrules: ["FREQ=WEEKLY"], rdates: [], exdates: [time(berlin("2026-03-23T09:00"))] } };
    const far = from(berlin("2026-03-16T09:00"), berlin("2026-07-13T09:00"), berlin("2026-07-13T10:00"));
    expect(starts(occurrencesOf(holes, [far], windowOf("2026-07-01", "2026-08-01"))).map((start) => start.slice(5, 10))).toEqual(["07-13", "07-27"]);
    expect(occurrencesOf(holes, [far], windowOf("2026-03-15", "2026-07-01"))).toEqual([]);
  });
});

describe("bounds", () => {
  it("says when a rule is so fine that the search was given up", () => {
    const ticking = event("1970-01-01T00:00:01Z", "1970-01-01T00:00:01Z", recurrence(["FREQ=SECONDLY;INTERVAL=7;BYSECOND=1,2,3;COUNT=1000000000"]));
    expect(expand({ master: ticking, exceptions: [] }, YEAR_2026, { floatingTimeZone: "UTC", limit: 10 })).toEqual({ occurrences: [], truncated: true });
  });

  it("holds what ends after the last moment that calendars can write", () => {
    const last = event("9999-12-30T23:00Z", "9999-12-31T23:30Z", recurrence(["FREQ=DAILY"]));
    expect(occurrencesOf(last, [], windowOf("9999-12-01", "9999-12-31T23:59:59Z")).map(({ end }) => end)).toEqual([time("9999-12-31T23:30Z"), time("9999-12-31T23:59:59Z")]);
  });

  it("stops at the limit with the earliest occurrences, and says so", () => {
    const daily = event("2026-01-01", "2026-01-02", recurrence(["FREQ=DAILY"]));
    const cut = expand({ master: daily, exceptions: [] }, YEAR_2026, { floatingTimeZone: "UTC", limit: 3 });
    expect(cut.truncated).toBe(true);
    expect(starts(cut.occurrences)).toEqual(["2026-01-01", "2026-01-02", "2026-01-03"]);
    expect(expand({ master: daily, exceptions: [] }, YEAR_2026, { floatingTimeZone: "UTC", limit: 365 }).truncated).toBe(false);
  });

  it("does not walk a fast rule through a long window", () => {
    const ticking = event("1970-01-01T00:00 @Europe/Berlin", "1970-01-01T00:00 @Europe/Berlin", recurrence(["FREQ=SECONDLY;BYDAY=MO;INTERVAL=7"]));
    const cut = expand({ master: ticking, exceptions: [] }, YEAR_2026, { floatingTimeZone: "UTC", limit: 100 });
    expect(cut.occurrences).toHaveLength(100);
  });

  it("finds a window far from the start of the series", () => {
    const old = event("1900-01-01T09:00 @Europe/Berlin", "1900-01-01T10:00 @Europe/Berlin", recurrence(["FREQ=DAILY;INTERVAL=3"]));
    // Day 46,080 after 1900-01-01 is 2026-03-01: a multiple of three.
    expect(starts(occurrencesOf(old, [], windowOf("2026-03-01", "2026-03-08")))).toEqual([
      "2026-03-01T09:00:00", "2026-03-04T09:00:00", "2026-03-07T09:00:00",
    ]);
  });
});
