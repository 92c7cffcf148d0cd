import { memo } from "react";
import { DAY_MS } from "../layout/epoch-day";
import { YEAR_COLUMNS } from "../layout/month-shape";
import { columnStyle } from "./grid-style";

interface WeekdayHeadProps {
  locale: string;
  firstDay: number;
  /** The column of today, where it is in this year. */
  todayColumn: number | null;
}

/** 4 January 1970, a Sunday. */
const A_SUNDAY = 3;

/** The weekdays above the columns. */
export const WeekdayHead = memo(function WeekdayHead({ locale, firstDay, todayColumn }: WeekdayHeadProps) {
  const long = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const narrow = new Intl.DateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" });
  const at = (column: number) => (A_SUNDAY + firstDay + column) * DAY_MS;
  return (
    <div role="row" aria-rowindex={1} className="year-weekdays">
      <span role="columnheader" aria-colindex={1} className="sr-only">
        Month
      </span>
      {Array.from({ length: YEAR_COLUMNS }, (_, column) => (
        <span
          key={column}
          role="columnheader"
          aria-colindex={column + 2}
          aria-label={long.format(at(column))}
          style={columnStyle(column)}
          className={column === todayColumn ? "is-today" : undefined}
        >
          {narrow.format(at(column))}
        </span>
      ))}
    </div>
  );
});
