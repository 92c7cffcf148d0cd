import { describe, expect, it } from "vitest";
import { occurrencesOf, event, recurrence, starts, time, windowOf } from "../../events/testing/events";
import { ruleOf } from "./recurrence-to-rule";
import { recurrenceJson } from "./rule-to-recurrence";

const START = time("2026-01-29T09:00 @Europe/Berlin");
const range = { type: "noEnd", startDate: "2026-01-29", recurrenceTimeZone: "W. Europe Standard Time" };

describe("a pattern", () => {
  it.each([
    [{ type: "daily", interval: 2 }, "FREQ=DAILY;INTERVAL=2"],
    [{ type: "weekly", interval: 2, daysOfWeek: ["monday", "friday"], firstDayOfWeek: "sunday" }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU"],
    [{ type: "absoluteMonthly", interval: 3, dayOfMonth: 15 }, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"],
    [{ type: "absoluteMonthly", interval: 1, dayOfMonth: 31 }, "FREQ=MONTHLY;BYMONTHDAY=-1"],
    [{ type: "absoluteMonthly", interval: 1, dayOfMonth: 30 }, "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"],
    [{ type: "relativeMonthly", interval: 1, daysOfWeek: ["thursday"], index: "second" }, "FREQ=MONTHLY;BYDAY=2TH"],
    [{ type: "relativeMonthly", interval: 1, daysOfWeek: ["thursday", "friday"], index: "last" }, "FREQ=MONTHLY;BYDAY=TH,FR;BYSETPOS=-1"],
    [{ type: "absoluteYearly", interval: 1, dayOfMonth: 31, month: 3 }, "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"],
    [{ type: "absoluteYearly", interval: 1, dayOfMonth: 29, month: 2 }, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"],
    [{ type: "absoluteYearly", interval: 2, dayOfMonth: 15, month: 3 }, "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=15"],
    [{ type: "relativeYearly", interval: 1, daysOfWeek: ["thursday"], index: "fourth", month: 11 }, "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"],
  ])("%j is %s, both ways", (pattern, rule) => {
    expect(ruleOf({ pattern, range }, START)).toBe(rule);
    expect(recurrenceJson({ rrules: [rule], rdates: [], exdates: [] }, START)?.pattern).toEqual(pattern);
  });

  it("for a day that some months lack falls on their last day, as in Outlook", () => {
    const rule = ruleOf({ pattern: { type: "absoluteMonthly", interval: 1, dayOfMonth: 30 }, range }, START) ?? "";
    const found = occurrencesOf(event("2026-01-30", "2026-01-31", recurrence([rule])), [], windowOf("2026-01-01", "2026-06-01"));
    expect(starts(found)).toEqual(["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30", "2026-05-30"]);
  });

  it.each([
    { type: "hourly", interval: 1 }, { type: "weekly", interval: 1 }, { type: "weekly", interval: 1, daysOfWeek: ["someday"] },
    { type: "absoluteMonthly", interval: 1 }, { type: "absoluteMonthly", interval: 1, dayOfMonth: 32 }, { type: "relativeMonthly", interval: 1, daysOfWeek: ["monday"], index: "fifth" },
    { type: "absoluteYearly", interval: 1, dayOfMonth: 1, month: 13 },
  ])("that means nothing is no rule: %j", (pattern) => expect(ruleOf({ pattern, range }, START)).toBeNull());
});

describe("a rule", () => {
  const pattern = (rule: string, start = START) => recurrenceJson({ rrules: [rule], rdates: [], exdates: [] }, start)?.pattern ?? null;

  it("takes what it leaves open from the start", () => {
    expect(pattern("FREQ=WEEKLY")).toEqual({ type: "weekly", interval: 1, daysOfWeek: ["thursday"], firstDayOfWeek: "monday" });
    expect(pattern("FREQ=MONTHLY", time("2026-01-05"))).toEqual({ type: "absoluteMonthly", interval: 1, dayOfMonth: 5 });
    expect(pattern("FREQ=YEARLY")).toEqual({ type: "absoluteYearly", interval: 1, dayOfMonth: 29, month: 1 });
    expect(pattern("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=2")).toEqual({ type: "relativeMonthly", interval: 1, daysOfWeek: ["thursday"], index: "second" });
  });

  it.each([
    "FREQ=HOURLY", "FREQ=DAILY;BYDAY=MO", "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=MONTHLY;BYDAY=5MO",
    "FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=1MO,2TU", "FREQ=YEARLY;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "FREQ=YEARLY;BYDAY=2TH",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYWEEKNO=2", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;RSCALE=CHINESE", "nonsense", "FREQ=DAILY;INTERVAL=0",
  ])("that Outlook cannot repeat has no pattern: %s", (rule) => expect(pattern(rule)).toBeNull());

  it("beside another rule or extra dates has no pattern", () => {
    expect(recurrenceJson({ rrules: ["FREQ=DAILY", "FREQ=YEARLY"], rdates: [], exdates: [] }, START)).toBeNull();
    expect(recurrenceJson({ rrules: ["FREQ=DAILY"], rdates: [{ start: START, end: null }], exdates: [] }, START)).toBeNull();
  });
});

describe("a range", () => {
  const rangeOf = (rule: string, start = START) => recurrenceJson({ rrules: [rule], rdates: [], exdates: [] }, start)?.range;

  it.each([
    ["ends after so many", "COUNT=6", { type: "numbered", numberOfOccurrences: 6 }],
    ["ends with a day", "UNTIL=20260301", { type: "endDate", endDate: "2026-03-01" }],
    ["ends at an instant of the next day elsewhere", "UNTIL=20260301T230000Z", { type: "endDate", endDate: "2026-03-01" }],
    ["ends at the last occurrence itself", "UNTIL=20260301T080000Z", { type: "endDate", endDate: "2026-03-01" }],
    ["ends just before an occurrence", "UNTIL=20260301T075959Z", { type: "endDate", endDate: "2026-02-28" }],
  ])("%s", (_, end, expected) => expect(rangeOf(`FREQ=DAILY;${end}`)).toMatchObject({ startDate: "2026-01-29", recurrenceTimeZone: "W. Europe Standard Time", ...expected }));

  it("of whole days ends with a day", () => {
    const start = time("2026-01-29");
    expect(ruleOf({ pattern: { type: "daily", interval: 1 }, range: { type: "endDate", startDate: "2026-01-29", endDate: "2026-03-01" } }, start)).toBe("FREQ=DAILY;UNTIL=20260301");
    expect(rangeOf("FREQ=DAILY;UNTIL=20260301", start)).toEqual({ type: "endDate", startDate: "2026-01-29", endDate: "2026-03-01" });
  });

  it.each([{ type: "endDate", startDate: "2026-01-29" }, { type: "numbered", startDate: "2026-01-29", numberOfOccurrences: 0 }, { type: "forever", startDate: "2026-01-29" }])(
    "that means nothing is no rule: %j", (given) => expect(ruleOf({ pattern: { type: "daily", interval: 1 }, range: given }, START)).toBeNull());
});
