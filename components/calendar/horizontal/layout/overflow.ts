import { LANES, type DayRun, type Placed } from "./lanes";
import type { YearEvent } from "./year-event";

/** A visible part of an event: the whole of it, or what "+N" leaves of it. */
export interface Piece extends DayRun {
  item: YearEvent;
  lane: number;
}

/** A day whose events do not all fit: its last lane says how many are hidden. */
export interface More {
  day: number;
  lane: number;
  count: number;
}

const LAST_LANE = LANES - 1;

/** What is left of an event in the last lane once some of its days are given away. */
function leftOf({ item, from, to }: Placed, given: ReadonlyMap<number, number>): Piece[] {
  const pieces: Piece[] = [];
  for (let day = from; day <= to; day++) {
    if (given.has(day)) continue;
    const open = pieces.at(-1);
    if (open?.to === day - 1) open.to = day;
    else pieces.push({ item, lane: LAST_LANE, from: day, to: day });
  }
  return pieces;
}

/**
 * Turns the last lane of every day that hides something into "+N". On each day the visible events
 * and the hidden ones are together all of that day.
 */
export function makeRoomForMore(placed: readonly Placed[]): { pieces: Piece[]; more: More[] } {
  const hidden = new Map<number, number>();
  const hide = (day: number) => hidden.set(day, (hidden.get(day) ?? 0) + 1);
  for (const { lane, from, to } of placed) {
    if (lane === null) for (let day = from; day <= to; day++) hide(day);
  }
  const pieces = placed.flatMap((each): Piece[] => {
    const { item, lane, from, to } = each;
    if (lane === null) return [];
    return lane === LAST_LANE ? leftOf(each, hidden) : [{ item, lane, from, to }];
  });
  for (const { lane, from, to } of placed) {
    if (lane === LAST_LANE) for (let day = from; day <= to; day++) if (hidden.has(day)) hide(day);
  }
  const more = [...hidden].map(([day, count]) => ({ day, lane: LAST_LANE, count })).sort((one, other) => one.day - other.day);
  return { pieces, more };
}
