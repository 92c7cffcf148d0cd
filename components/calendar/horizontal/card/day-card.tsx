"use client";

import { useViewer } from "@/components/time/viewer-context";
import { EventDot } from "../day/event-dot";
import { longDate } from "../day/day-words";
import type { EpochDay } from "../layout/epoch-day";
import { titleOf } from "../layout/row-layout";
import type { YearEvent } from "../layout/year-event";

/** Lines before the rest is only counted. */
const LINES = 6;

/** A day in short, for the keyboard. */
export function DayCard({ day, items }: { day: EpochDay; items: readonly YearEvent[] }) {
  const { locale } = useViewer();
  const hidden = items.length - LINES;
  return (
    <>
      <p className="mb-1 font-semibold">{longDate(day, locale)}</p>
      {items.slice(0, LINES).map((item) => (
        <p key={item.event.occurrenceKey} className="flex items-center gap-1.5 text-12 text-fg-2">
          <EventDot event={item.event} />
          <span className="truncate">{titleOf(item)}</span>
        </p>
      ))}
      {hidden > 0 ? <p className="pl-3.5 text-12 text-fg-3">and {hidden} more</p> : null}
    </>
  );
}
