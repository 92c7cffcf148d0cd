import { refusal } from "../../../refusals";
import { type CalendarBook, type EventDraft } from "../../book";
import { type EventFields, type StoredCalendar, type StoredEvent } from "../../model";
import { findEvent } from "../reading/find";

/**
 * The same event in several people's calendars. The organizer's is the one that counts: what changes there changes in
 * the guests' copies, which have the same id. A guest may change what is theirs alone: their answer, their reminders.
 */

/** Throws 403 where a guest would change what belongs to all. */
export function checkGuestMayWrite(calendar: StoredCalendar, before: StoredEvent, draft: EventDraft): void {
  if (!isGuestCopy(calendar, before) || before.fields.guestsCanModify === true) return;
  const shared = ({ start, end, recurrence, fields: { summary, description, location } }: EventDraft): string =>
    JSON.stringify([start, end, recurrence, summary, description, location]);
  if (shared(before) !== shared(draft)) {
    throw refusal(403, "Shared properties can only be changed by the organizer of the event.", { domain: "calendar", reason: "forbiddenForNonOrganizer" });
  }
}

/** Whether this copy belongs to somebody who was invited. */
function isGuestCopy(calendar: StoredCalendar, event: EventDraft): boolean {
  return event.organizer.email !== calendar.id && (event.fields.attendees ?? []).some(({ email }) => email === calendar.id);
}

/** After a change in one calendar: brings the other calendars that have the event into line. */
export function passOn(book: CalendarBook, calendar: StoredCalendar, before: readonly StoredEvent[], after: readonly StoredEvent[]): void {
  for (const event of after) {
    if (isGuestCopy(calendar, event)) tellOrganizer(book, calendar, event);
    else tellGuests(book, calendar, before.find(({ id }) => id === event.id) ?? null, event, null);
  }
}

function tellGuests(book: CalendarBook, calendar: StoredCalendar, before: StoredEvent | null, after: StoredEvent, except: string | null): void {
  const invited = new Set(emailsIn(after));
  for (const email of new Set([...emailsIn(before), ...invited])) {
    const guests = book.calendar(email);
    if (guests === undefined || guests === calendar || email === except) continue;
    const own = guests.events.get(after.id);
    if (own === undefined && !invited.has(email)) continue;
    book.write(guests.id, [{ ...after, status: invited.has(email) ? after.status : "cancelled", fields: withOwn(after.fields, own?.fields ?? {}) }]);
  }
}

/** The guest's answer goes to the organizer, and from there to the other guests; a deleted copy is a refusal. */
function tellOrganizer(book: CalendarBook, calendar: StoredCalendar, copy: StoredEvent): void {
  const organizers = book.calendar(copy.organizer.email);
  if (organizers === undefined || !organizers.events.has(copy.original?.masterId ?? copy.id)) return;
  const event = findEvent(organizers, copy.id);
  const answer = copy.status === "cancelled" ? "declined" : copy.fields.attendees?.find(({ email }) => email === calendar.id)?.responseStatus;
  const known = event.fields.attendees?.find(({ email }) => email === calendar.id)?.responseStatus;
  if (event.status === "cancelled" || answer === known) return;
  const attendees = event.fields.attendees?.map((each) => (each.email === calendar.id ? { ...each, responseStatus: answer } : each));
  for (const written of book.write(organizers.id, [{ ...event, fields: { ...event.fields, ...(attendees === undefined ? {} : { attendees }) } }])) {
    tellGuests(book, organizers, event, written, calendar.id);
  }
}

/** The event's own fields with those that every guest has for themselves. */
function withOwn(shared: EventFields, own: EventFields): EventFields {
  const { colorId: _color, extendedProperties, ...rest } = shared;
  const { colorId, reminders, transparency, visibility } = own;
  return {
    ...rest,
    ...(extendedProperties?.shared === undefined ? {} : { extendedProperties: { shared: extendedProperties.shared } }),
    ...(colorId == null ? {} : { colorId }),
    ...(transparency == null ? {} : { transparency }),
    ...(visibility == null ? {} : { visibility }),
    reminders: reminders ?? { useDefault: true },
  };
}

function emailsIn(event: StoredEvent | null): string[] {
  return (event?.fields.attendees ?? []).flatMap(({ email }) => (email == null ? [] : [email]));
}
