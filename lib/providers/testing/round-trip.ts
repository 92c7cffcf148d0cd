import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryEvent } from "../../events/testing/arbitrary-event";
import type { UnifiedEvent } from "../../events/model";
import type { EventReading } from "../transform/reading";
import type { Writer } from "../transform/writer";

/** What is to be known of a provider to hold its transformers against any event. */
export interface RoundTrip<Context> extends Writer<Context> {
  context: Context;
  toUnified(json: unknown, context: Context): EventReading;
  /** The fields that each limit speaks of: what they hold may come back otherwise. */
  limited: Readonly<Record<string, readonly (keyof UnifiedEvent)[]>>;
  /** Fields that are the provider's to say, whatever was written. */
  itsOwn: readonly (keyof UnifiedEvent)[];
  /** How much of an event the provider takes from a client. */
  seen(event: UnifiedEvent): object;
}

/** Properties of a provider's transformers, as tests. */
export function testRoundTrips<Context>({ context, fromUnified, patchFromUnified, toUnified, limited, itsOwn, seen }: RoundTrip<Context>): void {
  const read = (json: unknown): UnifiedEvent => {
    const reading = toUnified({ ...(JSON.parse(JSON.stringify(json)) as object), id: "x" }, context);
    if (reading.kind !== "event") throw new Error(JSON.stringify(reading));
    return reading.event;
  };
  const present = (json: object) => Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));

  describe("an event from elsewhere", () => {
    it("comes back with every field that no limit is named for", () => {
      fc.assert(
        fc.property(arbitraryEvent, (event) => {
          const { body, limits } = fromUnified(event, context);
          const unsure = new Set<string>(["warnings", "extended", ...itsOwn, ...limits.flatMap(({ code }) => limited[code] ?? [])]);
          const sure = (each: UnifiedEvent) => Object.fromEntries(Object.entries(seen(each)).filter(([name]) => !unsure.has(name)));
          expect(sure(read(body))).toEqual(sure(event));
        }),
        { numRuns: 250, seed: 5 },
      );
    });

    it("is written the same again after it was read", () => {
      fc.assert(
        fc.property(arbitraryEvent, (event) => {
          const { body } = fromUnified(event, context);
          expect(fromUnified(read(body), context).body).toEqual(body);
        }),
        { numRuns: 150, seed: 6 },
      );
    });
  });

  describe("a patch", () => {
    it("makes the one event of the other, and says nothing where nothing changed", () => {
      fc.assert(
        fc.property(arbitraryEvent, arbitraryEvent, (before, after) => {
          const { body: patch } = patchFromUnified(before, after, context);
          expect(present({ ...fromUnified(before, context).body, ...patch })).toEqual(present(fromUnified(after, context).body));
          expect(patchFromUnified(before, before, context).body).toEqual({});
        }),
        { numRuns: 100, seed: 7 },
      );
    });
  });
}
