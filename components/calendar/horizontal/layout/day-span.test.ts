import { describe, expect, it } from "vitest";
import { daySpan } from "./day-span";
import { fromEpochDay } from "./epoch-day";

function days(kind: "date" | "zoned" | "floating", start: string, end: string, offsetMinutes = 0): string[] {
  const { first, last } = daySpan({ kind, startAt: Date.parse(start), endAt: Date.parse(end) }, () => offsetMinutes);
  return [fromEpochDay(first), fromEpochDay(last)];
}

describe("daySpan", () => {
  it("takes the end of all-day events as exclusive", () => {
    expect(days("date", "2026-06-22T00:00Z", "2026-06-27T00:00Z", 120)).toEqual(["2026-06-22", "2026-06-26"]);
  });

  it("gives an event without length its one day", () => {
    expect(days("date", "2026-06-22T00:00Z", "2026-06-22T00:00Z")).toEqual(["2026-06-22", "2026-06-22"]);
  });

  it("places instants on the viewer's wall", () => {
    expect(days("zoned", "2026-06-11T23:30Z", "2026-06-12T00:30Z", 120)).toEqual(["2026-06-12", "2026-06-12"]);
    expect(days("zoned", "2026-06-11T02:00Z", "2026-06-11T03:00Z", -300)).toEqual(["2026-06-10", "2026-06-10"]);
  });

  it("leaves floating time where it was written", () => {
    expect(days("floating", "2026-06-11T23:30Z", "2026-06-11T23:45Z", 120)).toEqual(["2026-06-11", "2026-06-11"]);
  });

  it("ends an evening that ends at midnight on its own day", () => {
    expect(days("zoned", "2026-06-11T18:00Z", "2026-06-11T22:00Z", 120)).toEqual(["2026-06-11", "2026-06-11"]);
  });

  it("ends a night before six on the day it began, and one after that on the next", () => {
    expect(days("zoned", "2026-06-11T20:00Z", "2026-06-12T03:59Z", 120)).toEqual(["2026-06-11", "2026-06-11"]);
    expect(days("zoned", "2026-06-11T20:00Z", "2026-06-12T04:00Z", 120)).toEqual(["2026-06-11", "2026-06-12"]);
    expect(days("floating", "2026-06-11T22:00Z", "2026-06-12T02:00Z", 120)).toEqual(["2026-06-11", "2026-06-11"]);
  });

  it("counts the last morning of what lasts longer than a day", () => {
    expect(days("zoned", "2026-06-11T20:00Z", "2026-06-14T01:00Z", 120)).toEqual(["2026-06-11", "2026-06-14"]);
  });
});
