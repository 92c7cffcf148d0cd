import type { EventDisplayInfo } from "@fullcalendar/react";
import { clockRange, clockTime } from "@/components/time/clock";
import type { CalendarEvent } from "../calendar-event";

/** Our own event behind what FullCalendar draws. */
export function sourceOf(event: EventDisplayInfo["event"]): CalendarEvent {
  // Only `toEventInput` makes these events, and it always sets it.
  return event.extendedProps.source as CalendarEvent;
}

/** When an event begins on the viewer's wall. */
function startText({ event }: EventDisplayInfo, locale: string): string {
  return event.start ? clockTime(event.start.getTime(), { locale }) : "";
}

/** From when to when; what goes on for days has no hours. */
function spanText({ event, timeText }: EventDisplayInfo, locale: string): string {
  if (!event.start || event.allDay) return timeText;
  if (!event.end) return clockTime(event.start.getTime(), { locale });
  return clockRange(event.start.getTime(), event.end.getTime(), { locale });
}

interface EventContentProps {
  info: EventDisplayInfo;
  locale: string;
}

/** An event in a column of hours: title, then time and place; the style sheet drops what finds no room. */
export function ColumnEventContent({ info, locale }: EventContentProps) {
  const { location } = sourceOf(info.event);
  return (
    <>
      <b className="lt-title">{info.event.title}</b>
      <span className="lt-time">
        <span className="lt-time-start">{startText(info, locale)}</span>
        <span className="lt-time-full">
          {spanText(info, locale)}
          {location ? <em>, {location}</em> : null}
        </span>
      </span>
    </>
  );
}

/** An event over whole days; one with a time says when it begins. */
export function RowEventContent({ info, locale }: EventContentProps) {
  const { kind, startAt } = sourceOf(info.event);
  return (
    <>
      {kind === "zoned" && info.isStart ? <span className="lt-time">{clockTime(startAt, { locale })}</span> : null}
      <b className="lt-title">{info.event.title}</b>
    </>
  );
}

/** An event with a time in a month: dot, time, title. */
export function ItemEventContent({ info, locale }: EventContentProps) {
  return (
    <>
      <span aria-hidden="true" className="lt-dot" />
      <span className="lt-time">{startText(info, locale)}</span>
      <b className="lt-title">{info.event.title}</b>
    </>
  );
}

/** An event in the list: time, dot, title, and where. A list may hold items only, so the button is inside. */
export function ListEventContent({ info, locale }: EventContentProps) {
  const { calendarName, location } = sourceOf(info.event);
  return (
    <button type="button" className="lt-list-event">
      <span className="lt-list-time">{spanText(info, locale)}</span>
      <span aria-hidden="true" className="lt-dot" />
      <b className="lt-title">{info.event.title}</b>
      {location ? <span className="lt-list-place">{location}</span> : null}
      <span className="lt-list-calendar">{calendarName}</span>
    </button>
  );
}
