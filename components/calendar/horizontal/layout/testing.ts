import type { CalendarEvent } from "../../calendar-event";
import { toEpochDay } from "./epoch-day";
import type { YearEvent } from "./year-event";

type Fields = Partial<Pick<CalendarEvent, "title" | "kind" | "recurring" | "color">>;

/** An event of a test: its first and its last day, and what else matters. */
export function anEvent(key: string, from: string, to: string = from, fields: Fields = {}): YearEvent {
  const first = toEpochDay(from);
  const last = toEpochDay(to);
  const event = {
    occurrenceKey: key,
    eventId: key,
    title: key,
    kind: "date",
    recurring: false,
    startAt: first * 86_400_000,
    endAt: (last + 1) * 86_400_000,
    status: "confirmed",
    transparency: "opaque",
    color: "teal",
    ...fields,
  };
  return { event: event as unknown as CalendarEvent, first, last, routine: false };
}
