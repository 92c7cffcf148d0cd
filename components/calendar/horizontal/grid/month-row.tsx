"use client";

import { memo, useMemo, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { DAY_MS, type EpochDay } from "../layout/epoch-day";
import { freshBars } from "../layout/fresh-bars";
import type { TextWidth } from "../layout/labels";
import type { MonthShape } from "../layout/month-shape";
import { layOutRow, type RowLayout } from "../layout/row-layout";
import type { YearEvent } from "../layout/year-event";
import { Bars } from "./bars";
import { DayCells } from "./day-cells";
import { dayNames } from "./day-names";
import { columnStyle } from "./grid-style";
import { SkeletonBars } from "./skeleton-bars";

const NOTHING_FRESH: ReadonlySet<string> = new Set();

interface MonthRowProps {
  shape: MonthShape;
  events: readonly YearEvent[];
  /** The width of a day in pixels. */
  dayWidth: number;
  widthOf: TextWidth;
  locale: string;
  firstDay: number;
  waiting: boolean;
  /** Each only where it is in this month: a row draws again for nothing else. */
  today: EpochDay | null;
  active: EpochDay | null;
  open: EpochDay | null;
  selectedKey: string | null;
}

/** What came since the last layout of the same month. */
function useFreshBars(layout: RowLayout, shape: MonthShape, waiting: boolean): ReadonlySet<string> {
  const [shown, setShown] = useState({ layout, shape, waiting, fresh: NOTHING_FRESH });
  if (shown.layout !== layout || shown.waiting !== waiting) {
    const isSameMonth = shown.shape === shape && !shown.waiting;
    setShown({ layout, shape, waiting, fresh: isSameMonth ? freshBars(shown.layout, layout) : NOTHING_FRESH });
  }
  return shown.fresh;
}

/** One month: its name, its days, its events. */
export const MonthRow = memo(function MonthRow({ shape, events, dayWidth, widthOf, locale, firstDay, waiting, today, active, open, selectedKey }: MonthRowProps) {
  const layout = useMemo(() => layOutRow(events, shape, { day: dayWidth, widthOf }), [events, shape, dayWidth, widthOf]);
  const names = useMemo(() => dayNames(events, shape, locale), [events, shape, locale]);
  const fresh = useFreshBars(layout, shape, waiting);
  const month = useMemo(() => new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(shape.first * DAY_MS), [shape, locale]);
  const marked = open ?? active;
  return (
    <div role="row" aria-rowindex={shape.month + 2} className="year-row">
      <div role="rowheader" aria-colindex={1} aria-label={`${month}, ${layout.total} ${layout.total === 1 ? "event" : "events"}`} className={cn("year-month", today !== null && "is-now")}>
        <span className="year-month-name">{month.slice(0, 3)}</span>
        {waiting ? null : <span className="year-month-count">{layout.total}</span>}
      </div>
      <div role="presentation" className="year-track">
        <DayCells shape={shape} firstDay={firstDay} names={names} today={today} active={active} />
        <div aria-hidden="true" className="year-bars">
          {waiting ? <SkeletonBars shape={shape} /> : <Bars shape={shape} layout={layout} selectedKey={selectedKey} fresh={fresh} />}
          {marked === null ? null : (
            <span style={columnStyle(shape.offset + marked - shape.first)} className={cn("year-ring", open !== null && "is-open")} />
          )}
        </div>
      </div>
    </div>
  );
});
