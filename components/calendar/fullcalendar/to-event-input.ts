import type { EventInput } from "@fullcalendar/react";
import type { CalendarEvent } from "../calendar-event";

/** What of an event decides how FullCalendar places and draws it. */
type Drawn = Pick<
  CalendarEvent,
  "occurrenceKey" | "title" | "kind" | "startAt" | "endAt" | "startLocal" | "endLocal" | "startDate" | "endDate" | "status" | "transparency" | "color"
>;

/**
 * One occurrence in FullCalendar's terms. All-day ends are exclusive in both; a floating time is
 * passed as text without a zone, which FullCalendar reads on the viewer's wall.
 */
export function toEventInput<Event extends Drawn>(event: Event): EventInput {
  return {
    id: event.occurrenceKey,
    title: event.title || "Untitled",
    ...times(event),
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

function times(event: Drawn): Pick<EventInput, "start" | "end" | "allDay"> {
  if (event.kind === "date" && event.startDate !== null) {
    // Without an end FullCalendar takes one day.
    const end = event.endDate !== null && event.endDate > event.startDate ? event.endDate : undefined;
    return { start: event.startDate, end, allDay: true };
  }
  if (event.kind === "floating" && event.startLocal !== null && event.endLocal !== null) {
    return { start: event.startLocal, end: event.endLocal, allDay: false };
  }
  return { start: event.startAt, end: event.endAt, allDay: false };
}
