import { memo, type MouseEvent } from "react";
import { cn } from "@/components/ui/class-names";
import { barStyle, columnStyle } from "../grid/grid-style";
import type { EpochDay } from "../layout/epoch-day";
import { placeInLanes } from "../layout/lanes";
import { columnOf, type MonthShape, weekdayOf, YEAR_COLUMNS } from "../layout/month-shape";
import type { YearEvent } from "../layout/year-event";

interface MonthStripProps {
  shape: MonthShape;
  events: readonly YearEvent[];
  firstDay: number;
  waiting: boolean;
  today: EpochDay | null;
  onOpen: (day: EpochDay) => void;
}

/** Weeks are numbered by their first day; beside today's own number there is no room for another. */
function isNumbered(day: EpochDay, firstDay: number, today: EpochDay | null): boolean {
  if (day === today) return true;
  return weekdayOf(day) === firstDay && (today === null || Math.abs(day - today) > 1);
}

/** A month in 37 columns of ten pixels. A picture that can be tapped; the same is in words below. */
export const MonthStrip = memo(function MonthStrip({ shape, events, firstDay, waiting, today, onOpen }: MonthStripProps) {
  const days = Array.from({ length: shape.days }, (_, index) => shape.first + index);
  const bars = waiting ? [] : placeInLanes(events, shape, () => 0).filter((placed) => placed.lane !== null);

  function onClick(event: MouseEvent<HTMLElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - left) / width) * YEAR_COLUMNS);
    const day = shape.first + column - shape.offset;
    if (day >= shape.first && day < shape.first + shape.days) onOpen(day);
  }

  return (
    <div aria-hidden="true" className="year-strip" onClick={onClick}>
      {days.map((day) => {
        const weekday = weekdayOf(day);
        return (
          <span
            key={day}
            style={columnStyle(columnOf(shape, day))}
            className={cn("year-strip-day", (weekday === 0 || weekday === 6) && "is-weekend", day === today && "is-today")}
          />
        );
      })}
      {days
        .filter((day) => isNumbered(day, firstDay, today))
        .map((day) => (
          <span key={day} style={columnStyle(columnOf(shape, day))} className={cn("year-strip-number", day === today && "is-today")}>
            {day - shape.first + 1}
          </span>
        ))}
      {bars.map(({ item, from, to, lane }) => (
        <span
          key={item.event.occurrenceKey}
          data-cal={item.event.color}
          style={barStyle({ column: shape.offset + from - 1, days: to - from + 1, lane: lane ?? 0 })}
          className="year-strip-bar"
        />
      ))}
      {waiting ? <span style={barStyle({ column: shape.offset + 2, days: 14, lane: 0 })} className="year-strip-bar is-loading" /> : null}
    </div>
  );
});
