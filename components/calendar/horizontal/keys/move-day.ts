import type { EpochDay } from "../layout/epoch-day";
import { columnOf, type MonthShape, monthShape, monthShapeOf } from "../layout/month-shape";

/** The day that the keyboard stands on, and the column it keeps to when it moves up and down. */
export interface ActiveDay {
  day: EpochDay;
  column: number;
}

/** The same column of another month; its nearest day where the month does not reach that far. */
function inColumn(shape: MonthShape, column: number): ActiveDay {
  return { day: shape.first + Math.min(shape.days - 1, Math.max(0, column - shape.offset)), column };
}

/** A day, standing in its own column. */
export function standOn(day: EpochDay, firstDay: number): ActiveDay {
  return { day, column: columnOf(monthShapeOf(day, firstDay), day) };
}

/**
 * Where a key leads: arrows to the next day and, in the same column, to the next month; Home and
 * End to the edges of the month, with `toEdge` of the year; Page Up and Page Down to the same place in the
 * next year. Null for other keys.
 */
export function moveDay(at: ActiveDay, key: string, { firstDay, toEdge }: { firstDay: number; toEdge: boolean }): ActiveDay | null {
  const here = monthShapeOf(at.day, firstDay);
  const rowsAway = (rows: number) => inColumn(monthShape(here.year, here.month + rows, firstDay), at.column);
  switch (key) {
    case "ArrowLeft":
      return standOn(at.day - 1, firstDay);
    case "ArrowRight":
      return standOn(at.day + 1, firstDay);
    case "ArrowUp":
      return rowsAway(-1);
    case "ArrowDown":
      return rowsAway(1);
    case "PageUp":
      return rowsAway(-12);
    case "PageDown":
      return rowsAway(12);
    case "Home":
      return standOn(toEdge ? monthShape(here.year, 0, firstDay).first : here.first, firstDay);
    case "End": {
      const month = toEdge ? monthShape(here.year, 11, firstDay) : here;
      return standOn(month.first + month.days - 1, firstDay);
    }
    default:
      return null;
  }
}
