import { describe, expect, it } from "vitest";
import { toEpochDay } from "../layout/epoch-day";
import { anEvent } from "../layout/testing";
import { longDate, timeOnDay } from "./day-words";

describe("timeOnDay", () => {
  it("says which day of a long event it is", () => {
    expect(timeOnDay(anEvent("a", "2026-06-22", "2026-06-26"), toEpochDay("2026-06-24"), "en-GB")).toBe("Day 3 of 5");
  });

  it("says all day, or when", () => {
    expect(timeOnDay(anEvent("a", "2026-06-22"), toEpochDay("2026-06-22"), "en-GB")).toBe("All day");
    const floating = anEvent("a", "2026-06-22", "2026-06-22", { kind: "floating" });
    const nine = Date.UTC(2026, 5, 22, 9);
    const timed = { ...floating, event: { ...floating.event, startAt: nine, endAt: nine + 5_400_000 } };
    expect(timeOnDay(timed, toEpochDay("2026-06-22"), "en-GB")).toBe("9:00–10:30");
  });
});

describe("longDate", () => {
  it("is the date in full", () => {
    expect(longDate(toEpochDay("2026-06-11"), "en-GB")).toMatch(/^Thursday,? 11 June 2026$/);
  });
});
