"use client";

import { useMemo } from "react";
import { useCalendar } from "../calendar-provider";
import { addDays } from "../dates/plain-date";
import { toEpochDay } from "./layout/epoch-day";
import { touches, yearEvents } from "./layout/year-event";

/** How many events the visible range has, and how many of them are routine. */
export function useYearCount(): { events: number; routine: number } {
  const { events, range } = useCalendar();
  return useMemo(() => {
    const first = toEpochDay(range.start);
    const last = toEpochDay(addDays(range.end, -1));
    const inRange = yearEvents(events).filter((event) => touches(event, first, last));
    return { events: inRange.length, routine: inRange.filter((event) => event.routine).length };
  }, [events, range]);
}
