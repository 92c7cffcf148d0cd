import { createHash, randomBytes } from "node:crypto";
import { recurrenceKey } from "../../../../../../lib/events/time";
import { badRequest, notFound, refusal } from "../../../refusals";
import { type CalendarBook, type EventDraft } from "../../book";
import { type Person, type StoredCalendar, type StoredEvent } from "../../model";
import { draftOf } from "./draft";
import { type EventBody } from "./event-body";
import { exceptionsOf, findEvent } from "../reading/find";
import { checkGuestMayWrite, passOn } from "./invitations";
import { occurrenceAt } from "../occurrences";

/** Letters of base32hex, 5 to 1024 of them. From the reference of `events.insert`. */
const CHOSEN_ID = /^[a-v0-9]{5,1024}$/;

export interface Writer {
  person: Person;
  conferences: boolean;
  /** May change what only an organizer may: for what happens at the provider without the client. */
  asOrganizer?: true;
}

/** Adds an event. Throws 400 on an id that cannot be one, 409 where it is taken, by a deleted event too. */
export function insertEvent(book: CalendarBook, calendar: StoredCalendar, body: EventBody, writer: Writer): StoredEvent {
  if (body.id != null && !CHOSEN_ID.test(body.id)) throw badRequest("Invalid resource id value.");
  const id = body.id ?? newEventId();
  if (calendar.events.has(id)) throw refusal(409, "The requested identifier already exists.", { reason: "duplicate" });
  const facts = { id, calendarZone: calendar.timeZone, conferences: writer.conferences, before: null, creator: writer.person, organizer: organizerOf(calendar, writer) };
  return written(book, calendar, [draftOf(body, facts)]);
}

/** Gives an event other contents; an instance becomes an exception of its series. */
export function replaceEvent(book: CalendarBook, calendar: StoredCalendar, before: StoredEvent, body: EventBody, writer: Writer): StoredEvent {
  const facts = { id: before.id, calendarZone: calendar.timeZone, conferences: writer.conferences, before, creator: before.creator, organizer: before.organizer };
  const draft = draftOf(body, facts);
  if (writer.asOrganizer !== true) checkGuestMayWrite(calendar, before, draft);
  if (draft.status === "cancelled" && before.status !== "cancelled") return cancelEvent(book, calendar, before);
  return written(book, calendar, [draft, ...orphansOf(calendar, before, draft), ...toldAgain(calendar, before, draft)]);
}

/** Deletes an event, with all exceptions of a series; a single instance leaves a cancelled exception. Throws 410 on a deleted one. */
export function cancelEvent(book: CalendarBook, calendar: StoredCalendar, event: StoredEvent): StoredEvent {
  if (event.status === "cancelled") throw refusal(410, "Resource has been deleted", { reason: "deleted" });
  const exceptions = event.recurrence.length > 0 ? exceptionsOf(calendar, event.id).filter(({ status }) => status !== "cancelled") : [];
  return written(book, calendar, [event, ...exceptions].map((each) => ({ ...each, status: "cancelled" as const })));
}

/** Puts an event into another calendar under the same id; here it is deleted. Throws 400 on an instance. */
export function moveEvent(book: CalendarBook, from: StoredCalendar, to: StoredCalendar, eventId: string): StoredEvent {
  const event = findEvent(from, eventId);
  if (event.original !== null) throw badRequest("Cannot move an instance of a recurring event.", "cannotMoveInstance");
  if (event.status === "cancelled") throw notFound();
  if (to.events.get(eventId)?.status === "confirmed") throw refusal(409, "The requested identifier already exists.", { reason: "duplicate" });
  const all = [event, ...exceptionsOf(from, eventId)];
  const organizer = { email: to.id, displayName: to.summary };
  const moved = written(book, to, all.map((each) => ({ ...each, organizer, sequence: each.sequence + 1 })));
  // To its guests it has not ended: they have it from the other calendar now.
  book.write(from.id, all.map((each) => ({ ...each, status: "cancelled" })));
  return moved;
}

function written(book: CalendarBook, calendar: StoredCalendar, drafts: readonly EventDraft[]): StoredEvent {
  const before = drafts.flatMap(({ id }) => calendar.events.get(id) ?? []);
  const after = book.write(calendar.id, drafts);
  passOn(book, calendar, before, after);
  const [first] = after;
  if (first === undefined) throw new Error("Nothing was written.");
  return first;
}

/**
 * The deleted instances of a series that comes back. Clients keep them for the lifetime of their series only (the reference of
 * events, at `status`), so they have to be told of them again.
 */
function toldAgain(calendar: StoredCalendar, before: StoredEvent, draft: EventDraft): EventDraft[] {
  if (before.status !== "cancelled" || draft.status === "cancelled" || draft.recurrence.length === 0) return [];
  return exceptionsOf(calendar, before.id).filter(({ status }) => status === "cancelled");
}

/** Exceptions that replace what a changed rule no longer produces: they end with it. */
function orphansOf(calendar: StoredCalendar, before: StoredEvent, draft: EventDraft): EventDraft[] {
  const changed = JSON.stringify([before.start, before.recurrence]) !== JSON.stringify([draft.start, draft.recurrence]);
  if (before.recurrence.length === 0 || !changed) return [];
  const series = { ...before, ...draft };
  return exceptionsOf(calendar, before.id)
    .filter(({ status, original }) => status !== "cancelled" && original !== null && (draft.recurrence.length === 0 || occurrenceAt(series, recurrenceKey(original.start)) === undefined))
    .map((exception) => ({ ...exception, status: "cancelled" }));
}

function organizerOf(calendar: StoredCalendar, { person }: Writer): Person {
  return calendar.id === person.email ? person : { email: calendar.id, displayName: calendar.summary };
}

function newEventId(): string {
  const letters = "0123456789abcdefghijklmnopqrstuv";
  return [...createHash("sha256").update(randomBytes(16)).digest().subarray(0, 26)].map((byte) => letters[byte % 32]).join("");
}
