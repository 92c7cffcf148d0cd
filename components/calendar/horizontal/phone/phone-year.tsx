"use client";

import { useEffect, useRef, useState } from "react";
import { useViewer } from "@/components/time/viewer-context";
import type { PlainDate } from "../../dates/plain-date";
import { type EpochDay, toEpochDay } from "../layout/epoch-day";
import type { KeptYear } from "../layout/keep-year";
import { DaySheet } from "./day-sheet";
import { PhoneMonth } from "./phone-month";

interface PhoneYearProps {
  year: KeptYear;
  date: PlainDate;
  today: PlainDate;
  /** Nothing is known of this year yet. */
  waiting: boolean;
  /** Counts how often today was asked for. */
  todayCalls: number;
  onSelect: (occurrenceKey: string) => void;
  onOpenDay: (date: PlainDate) => void;
}

/** The year on a phone: the same picture a month at a time, with words. Begins at the calendar's month. */
export function PhoneYear({ year, date, today, waiting, todayCalls, onSelect, onOpenDay }: PhoneYearProps) {
  const { locale, firstDay } = useViewer();
  const scroller = useRef<HTMLDivElement>(null);
  const [openDay, setOpenDay] = useState<EpochDay | null>(null);
  const landing = date.slice(0, 7);

  useEffect(() => {
    const month = scroller.current?.querySelector(`[data-month="${Number(landing.slice(5)) - 1}"]`);
    month?.scrollIntoView({ block: "start" });
    // Lines come with the events, and push the months below them down.
  }, [landing, todayCalls, waiting]);

  return (
    <div ref={scroller} className="absolute inset-0 overflow-y-auto bg-ground">
      {year.shapes.map((shape, index) => (
        <PhoneMonth
          key={`${shape.year}-${shape.month}`}
          shape={shape}
          events={year.rows[index] ?? []}
          locale={locale}
          firstDay={firstDay}
          waiting={waiting}
          today={toEpochDay(today)}
          onSelect={onSelect}
          onOpen={setOpenDay}
        />
      ))}
      <DaySheet day={openDay} year={year} onChange={setOpenDay} onSelect={onSelect} onOpenDay={onOpenDay} />
    </div>
  );
}
