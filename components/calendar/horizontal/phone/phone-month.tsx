"use client";

import { ChevronDown } from "lucide-react";
import { memo, useId, useMemo, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { DAY_MS, type EpochDay } from "../layout/epoch-day";
import type { MonthShape } from "../layout/month-shape";
import type { YearEvent } from "../layout/year-event";
import { lineDate } from "./line-date";
import { MonthLine } from "./month-line";
import { allOfMonth, monthLines } from "./month-lines";
import { MonthStrip } from "./month-strip";

interface PhoneMonthProps {
  shape: MonthShape;
  events: readonly YearEvent[];
  locale: string;
  firstDay: number;
  waiting: boolean;
  today: EpochDay;
  onSelect: (occurrenceKey: string) => void;
  onOpen: (day: EpochDay) => void;
}

/** A month of the phone's year: its strip, and some lines that its heading unfolds to all. */
export const PhoneMonth = memo(function PhoneMonth({ shape, events, locale, firstDay, waiting, today, onSelect, onOpen }: PhoneMonthProps) {
  const list = useId();
  const [isUnfolded, setUnfolded] = useState(false);
  const isNow = today >= shape.first && today < shape.first + shape.days;
  const lines = useMemo(
    () =>
      (isUnfolded ? allOfMonth(events) : monthLines(events, shape, today)).map((item) => ({
        item,
        when: lineDate(item, shape, today, locale),
      })),
    [isUnfolded, events, shape, today, locale],
  );
  const name = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(shape.first * DAY_MS);
  return (
    <section data-month={shape.month} aria-label={name} className="border-b border-line px-2.5 pt-2.5 pb-3">
      <h2 className="text-16 font-semibold tracking-[-0.01em]">
        <button
          type="button"
          aria-expanded={isUnfolded}
          aria-controls={list}
          disabled={waiting}
          onClick={() => setUnfolded(!isUnfolded)}
          className="flex w-full items-center rounded-chip px-1.5 text-left focus-visible:-outline-offset-2"
        >
          <span className={cn("flex-1", isNow && "text-accent-text")}>{name}</span>
          {waiting ? null : (
            <span className="flex items-center gap-1 text-12 font-normal tracking-normal text-fg-3 tabular-nums">
              {events.length === 1 ? "1 event" : `${events.length} events`}
              <ChevronDown aria-hidden="true" className={cn("size-3.5 transition-transform", isUnfolded && "rotate-180")} />
            </span>
          )}
        </button>
      </h2>
      <div className="@container mt-0.5 mb-2">
        <MonthStrip shape={shape} events={events} firstDay={firstDay} waiting={waiting} today={isNow ? today : null} onOpen={onOpen} />
      </div>
      <ul id={list}>
        {waiting
          ? null
          : lines.map(({ item, when }, index) => (
              <MonthLine
                key={item.event.occurrenceKey}
                item={item}
                when={when}
                isAgain={when === lines[index - 1]?.when}
                roomy={isNow}
                onSelect={onSelect}
              />
            ))}
      </ul>
    </section>
  );
});
