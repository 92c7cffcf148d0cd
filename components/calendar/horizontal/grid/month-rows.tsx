"use client";

import { useViewer } from "@/components/time/viewer-context";
import type { EpochDay } from "../layout/epoch-day";
import type { KeptYear } from "../layout/keep-year";
import type { TextWidth } from "../layout/labels";
import { columnOf, type MonthShape } from "../layout/month-shape";
import { touches } from "../layout/year-event";
import { MonthRow } from "./month-row";
import { WeekdayHead } from "./weekday-head";

interface MonthRowsProps {
  year: KeptYear;
  /** In pixels. */
  dayWidth: number;
  widthOf: TextWidth;
  waiting: boolean;
  today: EpochDay;
  active: EpochDay;
  open: EpochDay | null;
  selectedKey: string | null;
}

/** The day where it is in a month. */
function within(shape: MonthShape, day: EpochDay | null): EpochDay | null {
  return day !== null && day >= shape.first && day < shape.first + shape.days ? day : null;
}

/** The weekdays and, below them, the months. Each month is given only what concerns it. */
export function MonthRows({ year, dayWidth, widthOf, waiting, today, active, open, selectedKey }: MonthRowsProps) {
  const { locale, firstDay } = useViewer();
  const selected = selectedKey === null ? undefined : year.byKey.get(selectedKey);
  const todayShape = year.shapes.find((shape) => within(shape, today) !== null);
  return (
    <>
      <WeekdayHead locale={locale} firstDay={firstDay} todayColumn={todayShape ? columnOf(todayShape, today) : null} />
      <div role="rowgroup">
        {year.shapes.map((shape, index) => (
          <MonthRow
            key={shape.month}
            shape={shape}
            events={year.rows[index] ?? []}
            dayWidth={dayWidth}
            widthOf={widthOf}
            locale={locale}
            firstDay={firstDay}
            waiting={waiting}
            today={within(shape, today)}
            active={within(shape, active)}
            open={within(shape, open)}
            selectedKey={selected && touches(selected, shape.first, shape.first + shape.days - 1) ? selectedKey : null}
          />
        ))}
      </div>
    </>
  );
}
