import { memo } from "react";
import { cn } from "@/components/ui/class-names";
import type { EpochDay } from "../layout/epoch-day";
import { columnOf, type MonthShape, weekdayOf } from "../layout/month-shape";
import { columnStyle } from "./grid-style";

interface DayCellsProps {
  shape: MonthShape;
  firstDay: number;
  /** What each day is called. */
  names: readonly string[];
  /** Today and the tab stop, where they are in this month. */
  today: EpochDay | null;
  active: EpochDay | null;
}

/** The days of a month: paper, number, and the control that opens the day. */
export const DayCells = memo(function DayCells({ shape, firstDay, names, today, active }: DayCellsProps) {
  return names.map((name, index) => {
    const day = shape.first + index;
    const column = columnOf(shape, day);
    const weekday = weekdayOf(day);
    return (
      <div
        key={index}
        role="gridcell"
        aria-colindex={column + 2}
        aria-label={name}
        aria-current={day === today ? "date" : undefined}
        data-day={day}
        tabIndex={day === active ? 0 : -1}
        style={columnStyle(column)}
        className={cn(
          "year-day",
          (weekday === 0 || weekday === 6) && "is-weekend",
          (weekday === firstDay || index === 0) && "is-edge",
          index === names.length - 1 && "is-last",
          day === today && "is-today",
        )}
      >
        <span className="year-number">{index + 1}</span>
      </div>
    );
  });
});
