"use client";

import { useMemo, useState } from "react";
import { useToday } from "@/components/time/use-today";
import { useViewer } from "@/components/time/viewer-context";
import type { EngineProps } from "../engine";
import { YearGrid } from "./grid/year-grid";
import { type KeptYear, keepYear } from "./layout/keep-year";
import { yearShapes } from "./layout/month-shape";
import { PhoneYear } from "./phone/phone-year";
import { useRoutineShown } from "./use-routine-shown";
import "./horizontal.css";

/** LinearCalendarHorizontal: the whole year, a month to a row, weekdays under each other. */
export default function HorizontalEngine({ date, events, loading, selectedKey, narrow, todayCalls, onSelect, onOpenDay, onMove }: EngineProps) {
  const { firstDay } = useViewer();
  const today = useToday();
  const [routineShown] = useRoutineShown();
  const yearNumber = Number(date.slice(0, 4));
  const shapes = useMemo(() => yearShapes(yearNumber, firstDay), [yearNumber, firstDay]);

  // A year appears at once and whole; once it has, it stays while more of it is loaded.
  const [seenYear, setSeenYear] = useState<number | null>(null);
  if (!loading && seenYear !== yearNumber) setSeenYear(yearNumber);
  const waiting = loading && seenYear !== yearNumber;

  const [kept, setKept] = useState<KeptYear | null>(null);
  const year = keepYear(kept, { events: waiting ? NO_EVENTS : events, shapes, routineShown });
  if (year !== kept) setKept(year);

  if (narrow) {
    return <PhoneYear year={year} date={date} today={today} waiting={waiting} todayCalls={todayCalls} onSelect={onSelect} onOpenDay={onOpenDay} />;
  }
  return (
    <YearGrid
      year={year}
      date={date}
      today={today}
      waiting={waiting}
      selectedKey={selectedKey}
      todayCalls={todayCalls}
      onSelect={onSelect}
      onOpenDay={onOpenDay}
      onMove={onMove}
    />
  );
}

const NO_EVENTS: EngineProps["events"] = [];
