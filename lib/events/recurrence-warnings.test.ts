import { describe, expect, it } from "vitest";
import { recurrenceWarnings } from "./recurrence-warnings";
import { recurrence, time } from "./testing/events";

describe("recurrenceWarnings", () => {
  it("says nothing about rules that can be shown", () => {
    expect(recurrenceWarnings(recurrence(["FREQ=WEEKLY;BYDAY=MO", "FREQ=YEARLY"]).recurrence, time("2026-03-01"))).toEqual([]);
  });

  it("names the part that is not understood", () => {
    const warnings = recurrenceWarnings(recurrence(["FREQ=DAILY;BYEASTER=1"]).recurrence, time("2026-03-01"));
    expect(warnings).toMatchObject([{ code: "unsupported_rule", message: expect.stringContaining("BYEASTER=1") }]);
  });

  it("warns of an all-day event that repeats by the hour", () => {
    expect(recurrenceWarnings(recurrence(["FREQ=HOURLY"]).recurrence, time("2026-03-01"))).toHaveLength(1);
  });
});
