import type { EventDisplayInfo } from "@fullcalendar/react";
import type { CalendarEvent } from "../calendar-event";

/** Our own event behind what FullCalendar draws. */
export function sourceOf(event: EventDisplayInfo["event"]): CalendarEvent {
  // Only `toEventInput` makes these events, and it always sets it.
  return event.extendedProps.source as CalendarEvent;
}

/** An event in a column of hours: title, then time and place as far as there is room. */
export function ColumnEventContent({ event, timeText, isShort, isNarrow }: EventDisplayInfo) {
  const { location } = sourceOf(event);
  return (
    <>
      <b className="lt-title">{event.title}</b>
      <span className="lt-time">
        {timeText}
        {location && !isShort && !isNarrow ? <em>, {location}</em> : null}
      </span>
    </>
  );
}

/** An event in a row of days: the title, and a quiet time before it when it has one. */
export function RowEventContent({ event, timeText, isStart }: EventDisplayInfo) {
  return (
    <>
      {timeText && isStart ? <span className="lt-time">{timeText}</span> : null}
      <b className="lt-title">{event.title}</b>
    </>
  );
}

/** An event in the list: time, dot, title, and where. */
export function ListEventContent({ event, timeText }: EventDisplayInfo) {
  const { calendarName, location } = sourceOf(event);
  return (
    <>
      <span className="lt-list-time">{timeText}</span>
      <span aria-hidden="true" className="lt-dot" />
      <b className="lt-title">{event.title}</b>
      {location ? <span className="lt-list-place">{location}</span> : null}
      <span className="lt-list-calendar">{calendarName}</span>
    </>
  );
}
