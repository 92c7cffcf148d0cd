import { YEAR_COLUMNS } from "./month-shape";
import { LANES } from "./lanes";

/** Every edge of the year, in whole pixels. */
export interface YearGeometry {
  /** Width of a day, height of a month. */
  day: number;
  row: number;
  /** From one lane to the next, and the bar in it. */
  lane: number;
  bar: number;
  /** From the top of a row to its first lane. */
  head: number;
  /** Width of the column of months: what the days leave. */
  label: number;
  /** Size of the text in the grid. */
  font: 10 | 11;
}

/** Height of the row of weekdays. */
export const WEEKDAYS_HEIGHT = 24;

/** Right of the last column. */
export const YEAR_MARGIN = 8;

const LEAST_LABEL = 44;

/** Smaller than this nothing can be read, and the year scrolls instead. */
const LEAST_DAY = 18;
const LEAST_ROW = 58;

/** What a scroll bar takes of the width. */
const SCROLL_BAR = 12;

/** Rows this high have room for larger text. */
const TALL_ROW = 80;

/** Fits twelve months into a box. */
export function yearGeometry({ width, height }: { width: number; height: number }): YearGeometry {
  const fittingRow = Math.floor((height - WEEKDAYS_HEIGHT) / 12);
  const row = Math.max(LEAST_ROW, fittingRow);
  const free = width - YEAR_MARGIN - (row > fittingRow ? SCROLL_BAR : 0);
  const day = Math.max(LEAST_DAY, Math.floor((free - LEAST_LABEL) / YEAR_COLUMNS));
  const tall = row >= TALL_ROW;
  const head = tall ? 18 : 17;
  const lane = Math.floor((row - head - 1) / LANES);
  return {
    day,
    row,
    lane,
    bar: lane - 1,
    head,
    label: Math.max(LEAST_LABEL, free - YEAR_COLUMNS * day),
    font: tall ? 11 : 10,
  };
}
