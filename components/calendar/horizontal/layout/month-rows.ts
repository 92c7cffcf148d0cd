import type { EpochDay } from "./epoch-day";
import type { MonthShape } from "./month-shape";
import { byLength, type YearEvent } from "./year-event";

/** The row of a day that may lie before or after the year. */
function rowOf(shapes: readonly MonthShape[], day: EpochDay): number {
  let row = shapes.length - 1;
  while (row >= 0 && day < (shapes[row]?.first ?? -Infinity)) row--;
  return row;
}

/** The events of each month in the order of {@link byLength}. One that crosses months is in each of them. */
export function monthRows(events: readonly YearEvent[], shapes: readonly MonthShape[]): YearEvent[][] {
  const rows: YearEvent[][] = shapes.map(() => []);
  const last = shapes.at(-1);
  if (!last) return rows;
  for (const event of events) {
    if (event.first >= last.first + last.days) continue;
    const to = rowOf(shapes, event.last);
    for (let row = Math.max(0, rowOf(shapes, event.first)); row <= to; row++) rows[row]?.push(event);
  }
  for (const row of rows) row.sort(byLength);
  return rows;
}
