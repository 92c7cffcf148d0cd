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

export type Response = "needsAction" | "accepted" | "declined" | "tentative" | "delegated";

export interface Attendee extends Person {
  response: Response;
  role: "required" | "optional" | "chair" | "none";
  /** RFC 5545 §3.2.3. Rooms and other resources answer by themselves and are not people. */
  kind: "individual" | "group" | "resource" | "room" | "unknown";
  /** What they wrote with their answer. */
  comment: string | null;
  /** People they bring along who are not attendees themselves. */
  additionalGuests: number;
}

export type ReminderMethod = "popup" | "email" | "sound";

/**
 * - `before`: so many minutes before the start (or the end); negative means after it.
 * - `at`: an instant, `YYYY-MM-DDTHH:mm:ssZ`.
 */
export type Reminder =
  | { kind: "before"; method: ReminderMethod; minutes: number; relatedTo: "start" | "end" }
  | { kind: "at"; method: ReminderMethod; at: string };

export interface Reminders {
  /** The calendar's default reminders apply, and `list` is empty. */
  useDefault: boolean;
  list: Reminder[];
}

/** One way into a conference. `uri` has the scheme of its kind: `https:`, `tel:`, `sip:`. */
export interface ConferenceEntry {
  kind: "video" | "phone" | "sip" | "more";
  uri: string;
  label: string | null;
  /** Whatever the service asks for: a PIN, a passcode, a meeting code. */
  code: string | null;
}

export interface Conference {
  /** The service as its provider names it, e.g. `hangoutsMeet` or `teamsForBusiness`; null when unknown. */
  service: string | null;
  /** The service as people know it. */
  name: string | null;
  id: string | null;
  entries: ConferenceEntry[];
  notes: string | null;
}

export interface Attachment {
  title: string | null;
  /** Null where the file is inside the event at the provider and has no address of its own. */
  url: string | null;
  mimeType: string | null;
}

/**
 * Something about the event that could not be kept exactly; shown to the user with the event.
 *
 * - `unreadable_field`: the provider sent something that the field cannot hold.
 * - `provider_limit`: the provider has no way to express it.
 * - `shortened`: it is longer than what is stored here; the provider keeps the whole.
 */
export interface EventWarning {
  code:
    | "unknown_time_zone"
    | "end_before_start"
    | "unsupported_rule"
    | "unreadable_field"
    | "provider_limit"
    | "shortened";
  message: string;
}

export interface UnifiedEvent {
  iCalUID: string;
  /** The original start that this event replaces; null unless it is an exception. */
  recurrenceId: EventTime | null;
  /** On an exception that also changes every later occurrence (RFC 5545 §3.2.13); absent on one that stands alone. */
  recurrenceRange?: "thisAndFuture";
  title: string;
  /** Plain text; where a provider has formatted text, that is kept in `extended`. */
  description: string | null;
  location: string | null;
  url: string | null;
  start: EventTime;
  /** Exclusive, of the same kind as `start`. */
  end: EventTime;
  status: "confirmed" | "tentative" | "cancelled";
  transparency: "opaque" | "transparent";
  visibility: "default" | "public" | "private" | "confidential";
  /** What the time is set aside for, where that is more than an appointment. */
  purpose: "default" | "outOfOffice" | "focusTime" | "workingElsewhere" | "birthday";
  /** `#rrggbb`; null where the event has its calendar's colour. */
  color: string | null;
  categories: string[];
  recurrence: Recurrence | null;
  organizer: Person | null;
  attendees: Attendee[];
  /** What the calendar's owner answered; null for the organizer and where nobody was asked or nobody knows. */
  ownResponse: Response | null;
  /** Null where the provider says nothing about reminders. */
  reminders: Reminders | null;
  conference: Conference | null;
  attachments: Attachment[];
  sequence: number;
  /** What only the event's own provider understands, as one JSON text; see `lib/providers/transform/kept-fields`. */
  extended: string | null;
  warnings: EventWarning[];
}

/** A series with its exceptions, or a single event. Exceptions may arrive without their master. */
export interface EventSet<Event = UnifiedEvent> {
  master: Event | null;
  exceptions: readonly Event[];
}

/** What of an event its occurrences follow from. */
export type Recurring = Pick<UnifiedEvent, "recurrenceId" | "recurrenceRange" | "start" | "end" | "status" | "recurrence" | "sequence">;
