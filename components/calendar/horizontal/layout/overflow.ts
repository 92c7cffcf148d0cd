import { LANES, type DayRun, type Placed } from "./lanes";
import type { YearEvent } from "./year-event";

/** A visible part of an event: the whole of it, or what "+N" leaves of it. */
export interface Piece extends DayRun {
  item: YearEvent;
  lane: number;
}

/** A day whose events do not all fit: one lane of it says how many are hidden. */
export interface More {
  day: number;
  lane: number;
  count: number;
}

interface Holder {
  placed: Placed;
  /** Days of it that were given to a "+N". */
  cut: Set<number>;
}

/** Of the lanes from the last up, the first that costs least: an empty one, one with a short bar, else the last. */
function laneToGive(day: number, holders: readonly (ReadonlyMap<number, Holder> | undefined)[]): number {
  const last = LANES - 1;
  if (!holders[last]?.has(day)) return last;
  for (let lane = last; lane >= 0; lane--) {
    const holder = holders[lane]?.get(day);
    if (!holder || holder.placed.from === holder.placed.to) return lane;
  }
  return last;
}

function pieces({ placed, cut }: Holder): Piece[] {
  const { item, lane, from, to } = placed;
  if (lane === null) return [];
  if (cut.size === 0) return [{ item, lane, from, to }];
  const found: Piece[] = [];
  for (let day = from; day <= to; day++) {
    const open = found.at(-1);
    if (cut.has(day)) continue;
    if (open?.to === day - 1) open.to = day;
    else found.push({ item, lane, from: day, to: day });
  }
  return found;
}

/**
 * Turns a lane of every day that hides something into "+N". On each day the visible events and
 * the hidden ones are together all of that day.
 */
export function makeRoomForMore(placed: readonly Placed[]): { pieces: Piece[]; more: More[] } {
  const holders = Array.from({ length: LANES }, () => new Map<number, Holder>());
  const visible: Holder[] = [];
  const hidden = new Map<number, number>();
  for (const each of placed) {
    const holder: Holder = { placed: each, cut: new Set() };
    if (each.lane !== null) visible.push(holder);
    for (let day = each.from; day <= each.to; day++) {
      if (each.lane === null) hidden.set(day, (hidden.get(day) ?? 0) + 1);
      else holders[each.lane]?.set(day, holder);
    }
  }
  const more: More[] = [];
  for (const [day, count] of hidden) {
    const lane = laneToGive(day, holders);
    const holder = holders[lane]?.get(day);
    holder?.cut.add(day);
    more.push({ day, lane, count: count + (holder ? 1 : 0) });
  }
  more.sort((one, other) => one.day - other.day);
  return { pieces: visible.flatMap(pieces), more };
}
