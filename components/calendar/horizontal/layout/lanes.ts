import type { EpochDay } from "./epoch-day";
import type { MonthShape } from "./month-shape";
import type { YearEvent } from "./year-event";
import { YEAR_COLUMNS } from "./month-shape";

/** Events that fit above each other in a row; the next one makes a "+N". */
export const LANES = 4;

/** A run of days in a month: 1 = the first; both ends are included. */
export interface DayRun {
  from: number;
  to: number;
}

/** An event in the month's row, and the lane it found, if any. */
export interface Placed extends DayRun {
  item: YearEvent;
  lane: number | null;
}

/** The days that a label of this event would need, from the bar's first day on. */
export type LabelDays = (item: YearEvent) => number;

/** The days of a month that an event touches. */
export function clip(span: { first: EpochDay; last: EpochDay }, shape: MonthShape): DayRun {
  return { from: Math.max(1, span.first - shape.first + 1), to: Math.min(shape.days, span.last - shape.first + 1) };
}

/** The last day, counted on over the empty ground after the month, that a label can reach. */
export function lastLabelDay(shape: MonthShape): number {
  return YEAR_COLUMNS - shape.offset;
}

/** A run of days as bits, the first of the month lowest. */
function bits({ from, to }: DayRun): number {
  return to < from ? 0 : (0xffffffff >>> (31 - (to - from))) << (from - 1);
}

/**
 * Gives each event the best free lane. A lane is better where the event's label has room, and
 * where it does not cut the label on its left; of equal lanes the upper one.
 */
export function placeInLanes(events: readonly YearEvent[], shape: MonthShape, labelDays: LabelDays): Placed[] {
  const taken = Array.from({ length: LANES }, () => 0);
  const inLane: Placed[][] = Array.from({ length: LANES }, () => []);

  function cutsLeftLabel(lane: number, from: number): boolean {
    let left: Placed | undefined;
    for (const other of inLane[lane] ?? []) if (other.from < from && other.from > (left?.from ?? 0)) left = other;
    return left !== undefined && left.from + labelDays(left.item) > from;
  }

  return events.map((item) => {
    const run = clip(item, shape);
    const span = bits(run);
    const placed: Placed = { item, ...run, lane: null };
    let best = -1;
    for (let lane = 0; lane < LANES && best < 2; lane++) {
      const occupied = taken[lane] ?? 0;
      if ((occupied & span) !== 0) continue;
      const labelEnd = Math.max(run.to, run.from + labelDays(item) - 1);
      const hasRoom = labelEnd <= lastLabelDay(shape) && (occupied & bits({ from: run.from, to: Math.min(labelEnd, shape.days) })) === 0;
      const score = Number(hasRoom) + Number(!cutsLeftLabel(lane, run.from));
      if (score <= best) continue;
      best = score;
      placed.lane = lane;
    }
    if (placed.lane !== null) {
      taken[placed.lane] = (taken[placed.lane] ?? 0) | span;
      inLane[placed.lane]?.push(placed);
    }
    return placed;
  });
}
