import fc from "fast-check";
import { expect, it } from "vitest";
import { NO_DETAILS, partsOf, samePart } from "./event-details";
import { arbitraryEvent } from "./testing/arbitrary-event";
import { event } from "./testing/events";

it("the parts of an event are the event again, and have nothing in common", () => {
  fc.assert(
    fc.property(arbitraryEvent, (whole) => {
      const { core, details } = partsOf(whole);
      expect({ ...core, ...details }).toEqual(whole);
      expect(Object.keys(core).filter((field) => field in details)).toEqual([]);
    }),
    { seed: 20261121 },
  );
});

it("a plain event has no details", () => {
  expect(samePart(partsOf(event("2026-06-01", "2026-06-02")).details, NO_DETAILS)).toBe(true);
  expect(samePart(partsOf(event("2026-06-01", "2026-06-02", { description: "Bring the plans" })).details, NO_DETAILS)).toBe(false);
});
