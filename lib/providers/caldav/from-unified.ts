import { type CalendarWriting, editCalendar, newCalendar, type WriteOptions } from "../../events/icalendar/write/write-calendar";
import type { UnifiedEvent } from "../../events/model";
import { limitsMet, type MetLimit } from "../transform/limits";
import { icalendarLimits } from "./limits";

export interface ObjectWriting {
  object: CalendarWriting;
  /** What it does not say of the events. */
  limits: MetLimit[];
}

/**
 * The calendar object resource that says `events` (a master and exceptions of one UID). `original` is the text
 * that the server has, so that everything in it that we do not understand stays; null for a new one.
 */
export function writeCalendarObject(original: string | null, events: readonly UnifiedEvent[], options: WriteOptions): ObjectWriting {
  const object = original === null ? newCalendar(events, options) : editCalendar(original, events, options);
  const met = new Map(events.flatMap((event) => limitsMet(event, icalendarLimits, "CalDAV")).map((limit) => [limit.code, limit]));
  return { object, limits: [...met.values()] };
}
