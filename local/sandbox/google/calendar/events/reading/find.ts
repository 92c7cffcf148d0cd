import { notFound } from "../../../refusals";
import { type StoredCalendar, type StoredEvent } from "../../model";
import { occurrenceAt, readInstanceId } from "../occurrences";
import { generatedInstance } from "../resource";

/** The event with that id: stored, or an instance of a stored series. Deleted ones are found too. Throws 404. */
export function findEvent(calendar: StoredCalendar, id: string): StoredEvent {
  const stored = calendar.events.get(id);
  if (stored !== undefined) return stored;
  const named = readInstanceId(id);
  const master = named === null ? undefined : calendar.events.get(named.masterId);
  if (named === null || master === undefined || master.recurrence.length === 0) throw notFound();
  const occurrence = occurrenceAt(master, named.key);
  if (occurrence === undefined) throw notFound();
  return generatedInstance(master, occurrence);
}

/** What was changed of a series, one by one; deleted instances too. */
export function exceptionsOf(calendar: StoredCalendar, masterId: string): StoredEvent[] {
  return [...calendar.events.values()].filter(({ original }) => original?.masterId === masterId);
}
