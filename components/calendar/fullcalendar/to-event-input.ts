import type { EventInput } from "@fullcalendar/react";
import type { CalendarEvent } from "../calendar-event";
import { addDays, fromUtc, type PlainDate } from "../dates/plain-date";

/** What of an event decides how FullCalendar places and draws it. */
type Drawn = Pick<
  CalendarEvent,
  "occurrenceKey" | "title" | "kind" | "startAt" | "endAt" | "status" | "transparency" | "color"
>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The date on the viewer's wall at an instant. */
type WallDate = (at: number) => PlainDate;

/**
 * One occurrence in FullCalendar's terms. All-day ends are exclusive in both; a floating time is
 * passed as text without a zone, which FullCalendar reads on the viewer's wall. What lasts a day or
 * longer goes to the all-day row, where it hides nothing.
 */
export function toEventInput<Event extends Drawn>(event: Event, wallDate: WallDate): EventInput {
  return {
    id: event.occurrenceKey,
    title: event.title || "Untitled",
    ...times(event, wallDate),
    className: [
      `cal-${event.color}`,
      event.status === "confirmed" ? null : `is-${event.status}`,
      event.transparency === "transparent" ? "is-transparent" : null,
    ]
      .filter((name) => name !== null)
      .join(" "),
    extendedProps: { source: event },
  };
}

function times(event: Drawn, wallDate: WallDate): Pick<EventInput, "start" | "end" | "allDay"> {
  const { kind, startAt, endAt } = event;
  if (kind === "date") {
    const [start, end] = [fromUtc(startAt), fromUtc(endAt)];
    // Without an end FullCalendar takes one day.
    return { start, end: end > start ? end : undefined, allDay: true };
  }
  const isLong = endAt - startAt >= DAY_MS;
  if (kind === "floating") {
    if (isLong) return wholeDays(fromUtc(startAt), fromUtc(endAt - 1));
    return { start: wallTime(startAt), end: wallTime(endAt), allDay: false };
  }
  if (isLong) return wholeDays(wallDate(startAt), wallDate(endAt - 1));
  return { start: startAt, end: endAt, allDay: false };
}

/** `YYYY-MM-DDTHH:mm:ss` of a wall time that is written down as if it were UTC. */
function wallTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

function wholeDays(first: PlainDate, last: PlainDate): Pick<EventInput, "start" | "end" | "allDay"> {
  return { start: first, end: addDays(last, 1), allDay: true };
}
