"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useToday } from "@/components/time/use-today";
import { useViewer } from "@/components/time/viewer-context";
import { useScreen } from "@/components/ui/use-screen";
import { type CalendarEvent, eventsOf } from "./calendar-event";
import { type Calendar, useCalendars } from "./calendars";
import type { PlainDate } from "./dates/plain-date";
import { type DateRange, stepDate, visibleRange } from "./dates/visible-range";
import { tilesFor } from "./tiles/tile";
import { useTiles } from "./tiles/use-tiles";
import { useCalendarUrl } from "./url-state";
import type { CalendarView } from "./views";

interface CalendarContextValue {
  view: CalendarView;
  date: PlainDate;
  today: PlainDate;
  range: DateRange;
  narrow: boolean;
  /** Undefined while loading. */
  calendars: readonly Calendar[] | undefined;
  events: readonly CalendarEvent[];
  loading: boolean;
  failed: boolean;
  selectedKey: string | null;
  /** The selected event, also after it has left the visible days; undefined until it was seen once. */
  selected: CalendarEvent | undefined;
  setView: (view: CalendarView) => void;
  /** The next (`1`) or the previous (`-1`) page of the view. */
  step: (direction: 1 | -1) => void;
  goToday: () => void;
  /** Counts how often today was asked for. */
  todayCalls: number;
  goTo: (date: PlainDate) => void;
  openDay: (date: PlainDate) => void;
  select: (occurrenceKey: string | null) => void;
}

const CalendarContext = createContext<CalendarContextValue | null>(null);

/** Holds what the calendar shows (range, selection, events) and how it is moved; engines only draw it. */
export function CalendarProvider({ children }: { children: ReactNode }) {
  const { firstDay } = useViewer();
  const today = useToday();
  const narrow = useScreen("phone");
  const [{ view, date: urlDate, event: selectedKey }, setUrl] = useCalendarUrl();
  const date = urlDate ?? today;

  const calendars = useCalendars();
  const range = useMemo(() => visibleRange(view, date, { firstDay, narrow }), [view, date, firstDay, narrow]);
  const tiles = useMemo(() => {
    const shown = calendars?.filter((calendar) => calendar.visible).map((calendar) => calendar.calendarId);
    return tilesFor(range, shown ?? []);
  }, [calendars, range]);
  const content = useTiles(tiles);
  const events = useMemo(() => eventsOf(content.tiles, calendars ?? []), [content, calendars]);

  const found = events.find((event) => event.occurrenceKey === selectedKey);
  const [lastFound, setLastFound] = useState(found);
  if (found !== undefined && found !== lastFound) setLastFound(found);
  const selected = found ?? (lastFound?.occurrenceKey === selectedKey ? lastFound : undefined);

  const setView = useCallback((next: CalendarView) => void setUrl({ view: next }), [setUrl]);
  const goTo = useCallback((next: PlainDate) => void setUrl({ date: next === today ? null : next }), [setUrl, today]);
  const step = useCallback((direction: 1 | -1) => goTo(stepDate(view, date, direction, narrow)), [goTo, view, date, narrow]);
  const [todayCalls, setTodayCalls] = useState(0);
  const goToday = useCallback(() => {
    setTodayCalls((calls) => calls + 1);
    goTo(today);
  }, [goTo, today]);
  const openDay = useCallback(
    (next: PlainDate) => void setUrl({ view: "day", date: next === today ? null : next }),
    [setUrl, today],
  );
  const select = useCallback((event: string | null) => void setUrl({ event }), [setUrl]);

  const value = useMemo(
    () => ({
      view,
      date,
      today,
      range,
      narrow,
      calendars,
      events,
      loading: calendars === undefined || content.loading,
      failed: content.failed,
      selectedKey,
      selected,
      setView,
      step,
      goToday,
      todayCalls,
      goTo,
      openDay,
      select,
    }),
    [view, date, today, range, narrow, calendars, events, content, selectedKey, selected, setView, step, goToday, todayCalls, goTo, openDay, select],
  );
  return <CalendarContext value={value}>{children}</CalendarContext>;
}

/** The calendar on the screen; only below {@link CalendarProvider}. */
export function useCalendar(): CalendarContextValue {
  const value = useContext(CalendarContext);
  if (value === null) throw new Error("useCalendar needs a CalendarProvider above it");
  return value;
}
