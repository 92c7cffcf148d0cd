/**
 * The one shape every provider's events are translated into and out of.
 *
 * Names follow RFC 5545. A {@link UnifiedEvent} is a single event, a series master
 * (it has a `recurrence`) or an exception (it has a `recurrenceId`).
 */

/**
 * A point on somebody's calendar, kept as it was written rather than as an instant:
 *
 * - `date`: an all-day boundary, `YYYY-MM-DD`. The same date everywhere on earth.
 * - `zoned`: wall time `YYYY-MM-DDTHH:mm:ss` in an IANA zone (`UTC` included).
 * - `floating`: wall time with no zone (RFC 5545 §3.3.5 form #1); it is read in the
 *   viewer's zone and never as UTC.
 */
export type EventTime =
  | { kind: "date"; date: string }
  | { kind: "zoned"; local: string; timeZone: string }
  | { kind: "floating"; local: string };

/** RDATE may carry its own end (VALUE=PERIOD); `end` is null when it has the master's length. */
export interface RecurrenceDate {
  start: EventTime;
  end: EventTime | null;
}

/** RFC 5545 §3.8.5. `rrules` are rule values without the `RRULE:` prefix. */
export interface Recurrence {
  rrules: string[];
  rdates: RecurrenceDate[];
  exdates: EventTime[];
}

export interface Person {
  name: string | null;
  email: string | null;
}

export interface Attendee extends Person {
  response: "needsAction" | "accepted" | "declined" | "tentative" | "delegated";
  role: "required" | "optional" | "chair" | "none";
}

/** Something about the event that could not be kept exactly; shown to the user with the event. */
export interface EventWarning {
  code: "unknown_time_zone" | "end_before_start" | "unsupported_rule";
  message: string;
}

export interface UnifiedEvent {
  iCalUID: string;
  /** The original start that this event replaces; null unless it is an exception. */
  recurrenceId: EventTime | null;
  title: string;
  description: string | null;
  location: string | null;
  url: string | null;
  start: EventTime;
  /** Exclusive, of the same kind as `start`. */
  end: EventTime;
  status: "confirmed" | "tentative" | "cancelled";
  transparency: "opaque" | "transparent";
  visibility: "default" | "public" | "private" | "confidential";
  recurrence: Recurrence | null;
  organizer: Person | null;
  attendees: Attendee[];
  sequence: number;
  warnings: EventWarning[];
}

/** A series with its exceptions, or a single event. Exceptions may arrive without their master. */
export interface EventSet {
  master: UnifiedEvent | null;
  exceptions: readonly UnifiedEvent[];
}
