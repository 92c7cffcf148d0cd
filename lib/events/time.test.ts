import { describe, expect, it } from "vitest";
import { instantOf, recurrenceKey } from "./time";
import { time } from "./testing/events";

const at = (text: string, floatingTimeZone = "UTC") => new Date(instantOf(time(text), floatingTimeZone)).toISOString().slice(0, 16);

describe("instantOf", () => {
  it("shifts a time that a clock change skips forward by the gap", () => {
    expect(at("2026-03-29T02:30 @Europe/Berlin")).toBe("2026-03-29T01:30");
    expect(at("2026-03-08T02:30 @America/New_York")).toBe("2026-03-08T07:30");
    // Lord Howe Island moves by half an hour.
    expect(at("2026-10-04T02:15 @Australia/Lord_Howe")).toBe("2026-10-03T15:45");
  });

  it("takes the first of two equal times", () => {
    expect(at("2026-10-25T02:30 @Europe/Berlin")).toBe("2026-10-25T00:30");
    expect(at("2026-11-01T01:30 @America/New_York")).toBe("2026-11-01T05:30");
  });

  it("reads a floating time in the zone it is given", () => {
    expect(at("2026-07-01T09:00", "Pacific/Honolulu")).toBe("2026-07-01T19:00");
    expect(at("2026-07-01T09:00", "Pacific/Auckland")).toBe("2026-06-30T21:00");
  });

  it("places a date at UTC midnight, whatever the zone", () => {
    expect(at("2026-07-01", "Pacific/Auckland")).toBe("2026-07-01T00:00");
  });

  it.each(["2026-02-30T09:00", "2026-01-01T24:00", "2026-13-01T00:00", "26-01-01T00:00"])("refuses %s", (text) => {
    expect(() => at(text)).toThrow(RangeError);
  });

  it("refuses a zone that does not exist", () => {
    expect(() => at("2026-01-01T09:00 @Mars/Olympus")).toThrow(RangeError);
  });
});

describe("recurrenceKey", () => {
  it("has one form per kind", () => {
    expect(recurrenceKey(time("2026-03-01"))).toBe("2026-03-01");
    expect(recurrenceKey(time("2026-03-01T09:00"))).toBe("20260301T090000");
    expect(recurrenceKey(time("2026-03-01T09:00Z"))).toBe("20260301T090000Z");
  });

  it("is equal for the same instant in different zones", () => {
    expect(recurrenceKey(time("2026-03-01T10:00 @Europe/Berlin"))).toBe("20260301T090000Z");
    expect(recurrenceKey(time("2026-03-01T18:00 @Asia/Tokyo"))).toBe("20260301T090000Z");
  });
});
