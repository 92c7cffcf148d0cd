import { describe, expect, it } from "vitest";
import { time } from "../testing/events";
import { localOf } from "../time";
import { compileRule } from "./rule-starts";

const EVER = { from: Date.UTC(1, 0, 1), to: Date.UTC(9999, 11, 31) };

function search(rule: string, start: string, { from = EVER.from, to = EVER.to, limit = 20 } = {}) {
  const compiled = compileRule(rule, time(start), "UTC");
  if (!compiled.ok) throw new Error(compiled.message);
  const found: string[] = [];
  const outcome = compiled.rule.search(from, to, ({ wallMs }) => found.push(localOf(wallMs)) < limit);
  return { found, outcome };
}

const dates = (rule: string, start: string, limit = 20) => search(rule, start, { limit }).found.map((local) => local.slice(0, 10));

describe("rules that need care", () => {
  it.each<[string, string, string, string[]]>([
    ["count a weekday from the end of the year", "FREQ=YEARLY;BYDAY=-1MO", "2026-01-01", ["2026-12-28", "2027-12-27", "2028-12-25"]],
    ["count a weekday within the months chosen", "FREQ=YEARLY;BYMONTH=3,11;BYDAY=1SU", "2026-01-01", ["2026-03-01", "2026-11-01", "2027-03-07"]],
    ["find Friday the 13th", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-01", ["2026-02-13", "2026-03-13", "2026-11-13"]],
    ["know the last day of a year", "FREQ=YEARLY;BYYEARDAY=-1,100", "2024-01-01", ["2024-04-09", "2024-12-31", "2025-04-10"]],
    ["skip centuries that are no leap years", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=4", "2092-02-29", ["2092-02-29", "2096-02-29", "2104-02-29"]],
    ["keep a week whole across the turn of the year", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-12-28", ["2026-12-28", "2027-01-03", "2027-01-11"]],
    ["put week 1 where most of its days are", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2024-12-30", ["2024-12-30", "2025-12-29", "2027-01-04"]],
    ["count the years of numbered weeks by their own", "FREQ=YEARLY;INTERVAL=3;BYWEEKNO=1;BYDAY=TU", "2024-12-31", ["2024-12-31", "2028-01-04", "2030-12-31"]],
    ["move missing days on with SKIP", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "2026-01-31", ["2026-01-31", "2026-03-01", "2026-03-31"]],
    ["move missing days back with SKIP", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD", "2024-02-29", ["2024-02-29", "2025-02-28", "2026-02-28"]],
    ["show a day once that SKIP reaches twice", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD", "2026-04-01", ["2026-04-01", "2026-05-01", "2026-05-31"]],
    ["pass over an ordinal that has nothing to count in", "FREQ=WEEKLY;BYDAY=2TU", "2026-03-03", ["2026-03-03", "2026-03-10", "2026-03-17"]],
    ["end at the first of COUNT and UNTIL", "FREQ=DAILY;COUNT=3;UNTIL=20260302", "2026-03-01", ["2026-03-01", "2026-03-02"]],
    ["accept blanks and any letter case", " freq=weekly; byday=mo, we ;", "2026-03-02", ["2026-03-02", "2026-03-04", "2026-03-09"]],
  ])("%s", (_, rule, start, expected) => expect(dates(rule, start, 3)).toEqual(expected));

  it("take the last of the times, not of the days, with BYSETPOS", () => {
    expect(search("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=1,-1", "2026-03-01T09:00", { limit: 3 }).found).toEqual([
      "2026-03-01T09:00:00", "2026-03-01T17:30:00", "2026-03-02T09:00:00",
    ]);
  });

  it("read a leap second as the last second", () => {
    expect(search("FREQ=MINUTELY;BYSECOND=60", "2026-03-01T09:00:59", { limit: 2 }).found).toEqual(["2026-03-01T09:00:59", "2026-03-01T09:01:59"]);
  });
});

describe("rules below a day", () => {
  const hourly = (rule: string) => search(rule, "2026-04-05T00:15 @Australia/Lord_Howe", { limit: 4 }).found.map((local) => local.slice(11, 16));

  it("go by exact time where clocks move by half an hour, and by the clock where they name its minutes", () => {
    expect(hourly("FREQ=HOURLY")).toEqual(["00:15", "01:15", "01:45", "02:45"]);
    expect(hourly("FREQ=HOURLY;BYMINUTE=15")).toEqual(["00:15", "01:15", "02:15", "03:15"]);
  });
});

describe("rules that are refused, with the reason", () => {
  it.each([
    ["FREQ=SOMETIMES", "“FREQ=SOMETIMES” is not understood"],
    ["INTERVAL=2", "FREQ is missing"],
    ["FREQ=DAILY;FREQ=DAILY", "FREQ is given twice"],
    ["FREQ=DAILY;INTERVAL=0", "“INTERVAL=0” is not understood"],
    ["FREQ=DAILY;UNTIL=20260230", "“UNTIL=20260230” is not a date"],
    ["FREQ=MONTHLY;BYDAY=0MO", "“BYDAY=0MO” is not understood"],
    ["FREQ=HOURLY", "an all-day event cannot repeat HOURLY"],
    ["RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L", "“BYMONTH=5L” is not understood"],
    ["RSCALE=CHINESE;FREQ=YEARLY", "it follows the chinese calendar"],
  ])("%s", (rule, message) => expect(compileRule(rule, time("2026-03-01"), "UTC")).toEqual({ ok: false, message }));
});

/** A search whose time is not bounded goes on until the test's own time-out. */
describe("absurd rules", () => {
  it.each([
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2",
    "FREQ=WEEKLY;BYDAY=MO;BYYEARDAY=366;BYMONTH=1",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31;COUNT=1000000000",
  ])("that never come true (%s) are searched to the end of time and found empty", (rule) => {
    expect(search(rule, "1970-01-01T00:00").found).toEqual([]);
  });

  it("with a huge COUNT are counted by whole periods", () => {
    const far = { from: Date.UTC(2046, 0, 1), limit: 2 };
    expect(search("FREQ=SECONDLY;COUNT=1000000000000", "2026-01-01T00:00Z", far)).toEqual({
      found: ["2046-01-01T00:00:00", "2046-01-01T00:00:01"], outcome: "stopped",
    });
    expect(search("FREQ=DAILY;COUNT=1000000000", "2026-01-01T00:00", far).found[0]).toBe("2046-01-01T00:00:00");
    expect(search("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=2088", "2026-01-05T00:00", { from: Date.UTC(2045, 11, 25) }).found).toEqual([
      "2045-12-25T00:00:00", "2045-12-26T00:00:00", "2046-01-01T00:00:00", "2046-01-02T00:00:00",
    ]);
  });

  it("that would need a walk through every minute are given up, and say so", () => {
    const { found, outcome } = search("FREQ=SECONDLY;INTERVAL=7;BYSECOND=1,2,3;COUNT=1000000000", "1970-01-01T00:00:01Z", { from: Date.UTC(2040, 0, 1) });
    expect([found, outcome]).toEqual([[], "exhausted"]);
  });

  it("end with the year 9999", () => {
    expect(dates("FREQ=YEARLY", "9998-06-01")).toEqual(["9998-06-01", "9999-06-01"]);
    expect(dates("FREQ=YEARLY;INTERVAL=999999999", "2026-03-01")).toEqual(["2026-03-01"]);
    expect(search("FREQ=DAILY", "9999-12-30T23:00 @Pacific/Honolulu", { to: Infinity }).outcome).toBe("complete");
  });

  it("with every second of the day are cut where the caller stops", () => {
    const all = Array.from({ length: 60 }, (_, index) => index).join(",");
    const rule = `FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=${all.slice(0, 61)};BYMINUTE=${all};BYSECOND=${all}`;
    expect(search(rule, "2026-01-01T00:00", { limit: 1_000 }).found).toHaveLength(1_000);
  });
});

describe("a window far from the start", () => {
  it.each([
    ["FREQ=DAILY;INTERVAL=3", "1900-01-01T09:00 @Europe/Berlin"],
    ["FREQ=MONTHLY;BYDAY=-1FR", "1900-01-01T09:00 @Europe/Berlin"],
    ["FREQ=SECONDLY;INTERVAL=61", "1900-01-01T09:00 @Europe/Berlin"],
    ["FREQ=YEARLY;BYWEEKNO=20;BYDAY=TU", "1900-01-01"],
  ])("shows of %s what a search from the start shows there", (rule, start) => {
    const [from, to] = [Date.UTC(1901, 5, 1), Date.UTC(1901, 5, 2)];
    const near = search(rule, start, { from, to, limit: 5_000 }).found;
    const whole = search(rule, start, { to, limit: 1_000_000 }).found;
    expect(near).toEqual(whole.slice(whole.length - near.length));
    expect(search(rule, start, { from: Date.UTC(8000, 0, 1), limit: 1 }).found).toHaveLength(1);
  });
});
