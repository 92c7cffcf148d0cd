import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { type EventTime } from "../../../../lib/events/model";

export type Role = "freeBusyReader" | "reader" | "writer" | "owner";

export interface Person {
  email: string;
  displayName?: string;
}

/** What of an event is kept in Google's own form, because nothing here needs to understand it. */
export type EventFields = Pick<
  calendar_v3.Schema$Event,
  | "anyoneCanAddSelf"
  | "attachments"
  | "attendees"
  | "colorId"
  | "conferenceData"
  | "description"
  | "eventType"
  | "extendedProperties"
  | "guestsCanInviteOthers"
  | "guestsCanModify"
  | "guestsCanSeeOtherGuests"
  | "hangoutLink"
  | "location"
  | "reminders"
  | "source"
  | "summary"
  | "transparency"
  | "visibility"
>;

/**
 * One event as Google keeps them: a single event, a series master (it has a `recurrence`) or an exception (it has an
 * `original`). Deleted ones stay, `cancelled`.
 */
export interface StoredEvent {
  id: string;
  iCalUID: string;
  /** Place in a full listing: the order in which events came to be. */
  order: number;
  /** When it changed last, as a number that rises with every change in the sandbox. */
  revision: number;
  /** Epoch milliseconds. */
  createdAt: number;
  updatedAt: number;
  sequence: number;
  status: "confirmed" | "tentative" | "cancelled";
  /** A date or a zoned time. */
  start: EventTime;
  /** Exclusive. */
  end: EventTime;
  /** RRULE, RDATE, EXDATE lines; empty for what does not repeat. */
  recurrence: string[];
  /** The series that an exception belongs to, and the start it replaces there. */
  original: { masterId: string; start: EventTime } | null;
  creator: Person;
  organizer: Person;
  fields: EventFields;
  /** What its rule was before: for sync tokens by which instances are told. The latest changes only, oldest first. */
  formerly: FormerRule[];
}

/** The times of a series until a revision. */
export interface FormerRule extends Pick<StoredEvent, "start" | "end" | "recurrence"> {
  /** The revision that ended it. */
  until: number;
}

export interface StoredCalendar {
  id: string;
  summary: string;
  description: string | null;
  location: string | null;
  /** IANA id. */
  timeZone: string;
  /** Public calendars such as holidays: everybody may read them, nobody may watch them. */
  watchable: boolean;
  deleted: boolean;
  createdAt: number;
  /** Of the newest change of any of its events. */
  revision: number;
  updatedAt: number;
  /** Of the newest change of what the calendar says of itself. */
  describedRevision: number;
  /** Cursors that stand for an earlier revision have expired. */
  oldestCursor: number;
  roles: Map<string, Role>;
  events: Map<string, StoredEvent>;
}

/** One calendar in one person's list. */
export interface ListEntry {
  calendarId: string;
  order: number;
  revision: number;
  colorId: string;
  summaryOverride: string | null;
  selected: boolean;
  hidden: boolean;
  primary: boolean;
  deleted: boolean;
}

export interface CalendarList {
  accountId: string;
  oldestCursor: number;
  entries: Map<string, ListEntry>;
}

const ROLES: readonly Role[] = ["freeBusyReader", "reader", "writer", "owner"];

export function atLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
