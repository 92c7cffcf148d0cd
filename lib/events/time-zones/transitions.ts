import { Temporal } from "temporal-polyfill";

/** A clock change of a zone as this platform knows it. */
export interface Transition {
  /** Epoch milliseconds. */
  at: number;
  /** Offsets from UTC before and after it, in milliseconds, positive to the east. */
  fromMs: number;
  toMs: number;
}

/** No zone has changed its clocks as often as this in the centuries that calendars are about. */
const MAX_TRANSITIONS = 1_000;

/** The clock changes from `fromAt` to before `toAt` (epoch milliseconds), in order. Throws RangeError for an unknown zone. */
export function transitionsOf(timeZone: string, fromAt: number, toAt: number): Transition[] {
  const found: Transition[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(fromAt - 1).toZonedDateTimeISO(timeZone);
  while (found.length < MAX_TRANSITIONS) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds >= toAt) break;
    const fromMs = next.subtract({ nanoseconds: 1 }).offsetNanoseconds / 1e6;
    found.push({ at: next.epochMilliseconds, fromMs, toMs: next.offsetNanoseconds / 1e6 });
    at = next;
  }
  return found;
}
