import type { EventInput } from "@fullcalendar/react";
import type { CalendarEvent } from "../calendar-event";
import { addDays, fromUtc, type PlainDate } from "../dates/plain-date";

/** What of an event decides how FullCalendar places and draws it. */
type Drawn = Pick<
  CalendarEvent,
  "occurrenceKey" | "title" | "kind" | "startAt" | "endAt" | "startLocal" | "endLocal" | "startDate" | "endDate" | "status" | "transparency" | "color"
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
  if (event.kind === "date" && event.startDate !== null) {
    // Without an end FullCalendar takes one day.
    const end = event.endDate !== null && event.endDate > event.startDate ? event.endDate : undefined;
    return { start: event.startDate, end, allDay: true };
  }
  const isLong = event.endAt - event.startAt >= DAY_MS;
  if (event.kind === "floating" && event.startLocal !== null && event.endLocal !== null) {
    if (isLong) return wholeDays(event.startLocal.slice(0, 10), fromUtc(Date.parse(`${event.endLocal}Z`) - 1));
    return { start: event.startLocal, end: event.endLocal, allDay: false };
  }
  if (isLong) return wholeDays(wallDate(event.startAt), wallDate(event.endAt - 1));
  return { start: event.startAt, end: event.endAt, allDay: false };
}

function wholeDays(first: PlainDate, last: PlainDate): Pick<EventInput, "start" | "end" | "allDay"> {
  return { start: first, end: addDays(last, 1), allDay: true };
}
