import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { instantOfWall, localOf, wallOfInstant } from "./time";

const zone = fc.constantFrom(
  "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Tehran", "America/St_Johns", "Asia/Tokyo",
);
const instant = fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2040, 0) });

describe("looked-up offsets", () => {
  it("agree with Temporal at every instant, clock changes and skipped days included", () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: -1, max: 1 }), (timeZone, at, nudge) => {
        // Half of the runs look right at a transition.
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
        const transition = zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? at;
        for (const ms of [at, transition + nudge]) {
          const expected = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
          expect(wallOfInstant(ms, timeZone) - ms).toBe(expected.offsetNanoseconds / 1e6);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("agree with Temporal at every wall time, gaps and repeats included", () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: -90, max: 90 }), (timeZone, at, minutes) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
        const transition = zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? at;
        for (const ms of [at, wallOfInstant(transition, timeZone) + minutes * 60_000]) {
          const wallMs = Math.floor(ms / 1_000) * 1_000;
          const expected = Temporal.PlainDateTime.from(localOf(wallMs)).toZonedDateTime(timeZone, { disambiguation: "compatible" });
          expect(instantOfWall(wallMs, timeZone)).toBe(expected.epochMilliseconds);
        }
      }),
      { numRuns: 200, seed: 8 },
    );
  });
});
