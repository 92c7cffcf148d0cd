"use client";

import FullCalendar, { type CalendarRef, type EventDisplayInfo } from "@fullcalendar/react";
import dayGridPlugin from "@fullcalendar/react/daygrid";
import listPlugin from "@fullcalendar/react/list";
import timeGridPlugin from "@fullcalendar/react/timegrid";
import { useEffect, useMemo, useRef } from "react";
import { bareClockTime, hourLabel, zoneName } from "@/components/time/clock";
import { useViewer } from "@/components/time/viewer-context";
import type { EngineProps } from "../engine";
import { EVENING_ENDS_HOUR } from "../dates/evening";
import { LIST_DAYS, NARROW_WEEK_DAYS } from "../dates/visible-range";
import { ColumnEventContent, ItemEventContent, ListEventContent, RowEventContent, sourceOf } from "./event-content";
import { DayHead } from "./day-head";
import { themePlugin } from "./theme";
import { toEventInput } from "./to-event-input";
import "@fullcalendar/react/skeleton.css";
import "./theme/index.css";

const PLUGINS = [dayGridPlugin, timeGridPlugin, listPlugin, themePlugin];

/** Our views in FullCalendar's terms; a narrow week is a view of its own. */
const VIEWS = {
  month: { type: "dayGridMonth" },
  // The corner that FullCalendar keeps for week numbers shows the time zone.
  week: { type: "timeGridWeek", weekNumbers: true },
  narrowWeek: { type: "timeGrid", duration: { days: NARROW_WEEK_DAYS }, weekNumbers: true },
  day: { type: "timeGridDay", weekNumbers: true },
  list: {
    type: "list",
    duration: { days: LIST_DAYS },
    dateAlignment: "day",
    listDayFormat: { weekday: "long", day: "numeric", month: "long" },
    // The button is inside the item; see ListEventContent.
    eventInteractive: false,
  },
} as const;

function EventContent({ info, locale }: { info: EventDisplayInfo; locale: string }) {
  if (info.view.type === "list") return <ListEventContent info={info} locale={locale} />;
  if (info.event.allDay) return <RowEventContent info={info} locale={locale} />;
  return info.view.type === "month" ? <ItemEventContent info={info} locale={locale} /> : <ColumnEventContent info={info} locale={locale} />;
}

/** FullCalendar 7, drawn with our tokens. It shows what it is given and reports clicks; nothing else. */
export default function FullCalendarEngine({ view, date, events, selectedKey, narrow, onSelect, onOpenDay }: EngineProps) {
  const { locale, firstDay } = useViewer();
  const calendar = useRef<CalendarRef>(null);
  const fullCalendarView = view === "week" && narrow ? "narrowWeek" : view;
  const inputs = useMemo(() => events.map((event) => toEventInput(event, (at) => localDate(new Date(at)))), [events]);

  useEffect(() => {
    const api = calendar.current?.getApi();
    // Changing the view also moves the date; FullCalendar renders once.
    if (api?.view.type !== fullCalendarView) api?.changeView(fullCalendarView, date);
    else api.gotoDate(date);
  }, [fullCalendarView, date]);

  return (
    <FullCalendar
      ref={calendar}
      plugins={PLUGINS}
      views={VIEWS}
      initialView={fullCalendarView}
      initialDate={date}
      headerToolbar={false}
      height="100%"
      locale={locale}
      firstDay={firstDay}
      events={inputs}
      eventContent={(info) => <EventContent info={info} locale={locale} />}
      eventClass={({ event }) => (event.id === selectedKey ? "is-selected" : "")}
      eventClick={({ event, jsEvent }) => {
        jsEvent.preventDefault();
        onSelect(sourceOf(event).occurrenceKey);
      }}
      eventInteractive
      nextDayThreshold={{ hours: EVENING_ENDS_HOUR }}
      eventOrder="start,-duration,allDay,title"
      eventMinHeight={26}
      eventShortHeight={34}
      slotEventOverlap={false}
      slotDuration="00:30:00"
      slotMinHeight={26}
      slotHeaderInterval="01:00:00"
      slotHeaderContent={({ date: hour }) => hourLabel(hour.getTime(), { locale })}
      scrollTime="06:40:00"
      scrollTimeReset={false}
      allDayText="All day"
      nowIndicator
      nowIndicatorHeaderContent={({ date: now }) => bareClockTime(now.getTime(), { locale })}
      viewClass={({ view: shown }) => `lt-view-${shown.type}`}
      dayLaneDidMount={({ el }) => makeHoursScrollable(el)}
      dayMaxEvents
      moreLinkClick={({ date: day }) => {
        onOpenDay(localDate(day));
        return "day";
      }}
      moreLinkDidMount={({ el }) => saysThatItOpensTheDay(el)}
      fixedWeekCount={false}
      dayHeaderContent={DayHead}
      weekNumberHeaderContent={({ date: first }) => zoneName((first ?? new Date()).getTime(), { locale })}
      navLinks={view !== "day"}
      navLinkDayClick={(day) => onOpenDay(localDate(day))}
      noEventsText="Nothing in these four weeks"
    />
  );
}

/** Empty days have nothing to focus, and would not scroll with the keyboard: the first one can always be focused. */
function makeHoursScrollable(lane: HTMLElement): void {
  if (lane.previousElementSibling === null) lane.tabIndex = 0;
}

/** FullCalendar announces a popover, which "+3 more" does not open here. */
function saysThatItOpensTheDay(moreLink: HTMLElement): void {
  moreLink.removeAttribute("aria-haspopup");
  moreLink.removeAttribute("aria-expanded");
}

function localDate(day: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
