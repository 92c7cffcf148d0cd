import { expand, type Occurrence } from "../expand";
import type { EventSet, EventTime, UnifiedEvent } from "../model";
import { inTermsOf } from "../recurrence-match";
import { instantOf, recurrenceKey } from "../time";

/** Where floating times are placed while a series is taken apart: any zone would do, it never shows. */
export const FLOATING_ZONE = "UTC";
const HOUR_MS = 3_600_000;

/** The event that describes one occurrence, with that occurrence's own times. */
export interface EditedOccurrence {
  /** Its original start, in the form of the series. */
  original: EventTime;
  /** Its exception where it has one, or else the master. */
  event: UnifiedEvent;
  /** Of the set's exceptions; null where the master describes it. */
  exception: number | null;
  start: EventTime;
  end: EventTime;
}

/** The occurrence of a series whose original start is `original`; null when the series has none there. */
export function occurrenceAt(set: EventSet, original: EventTime): EditedOccurrence | null {
  const { master, exceptions } = set;
  if (master === null) return null;
  const start = inTermsOf(original, master.start);
  const key = recurrenceKey(start);
  const found = occurrencesAround(set, start, exceptions).find((occurrence) => occurrence.recurrenceKey === key);
  if (found === undefined) return null;
  const exception = found.source === "master" ? null : found.source;
  return { original: start, event: exception === null ? master : (exceptions[exception] ?? master), exception, start: found.start, end: found.end };
}

/** An exception may have been moved anywhere. */
function occurrencesAround(set: EventSet, start: EventTime, exceptions: readonly UnifiedEvent[]): Occurrence[] {
  const key = recurrenceKey(start);
  const places = [start, ...exceptions.filter(({ recurrenceId }) => recurrenceId !== null && (set.master === null || recurrenceKey(inTermsOf(recurrenceId, set.master.start)) === key)).map((event) => event.start)];
  return places.flatMap((place) => {
    const at = instantOf(place, FLOATING_ZONE);
    return expand(set, { startAt: at - HOUR_MS, endAt: at + HOUR_MS }, { floatingTimeZone: FLOATING_ZONE, limit: 1_000 }).occurrences;
  });
}
