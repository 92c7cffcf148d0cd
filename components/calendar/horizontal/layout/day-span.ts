import type { CalendarEvent } from "../../calendar-event";
import { EVENING_ENDS_HOUR } from "../../dates/evening";
import { DAY_MS, type EpochDay } from "./epoch-day";

/** The days that an event touches, both included. */
export interface DaySpan {
  first: EpochDay;
  last: EpochDay;
}

/** Minutes that the viewer's wall is ahead of UTC at an instant. */
export type OffsetAt = (at: number) => number;

/** The offset of the browser's own zone. */
export function localOffset(at: number): number {
  return -new Date(at).getTimezoneOffset();
}

const EVENING_MS = EVENING_ENDS_HOUR * 60 * 60 * 1000;

/**
 * The days of an event on the viewer's wall. All-day and floating events carry their wall time as if it were UTC. What ends at
 * midnight does not touch the day that begins there, and neither does an evening that ends a little later.
 */
export function daySpan({ kind, startAt, endAt }: Pick<CalendarEvent, "kind" | "startAt" | "endAt">, offsetAt: OffsetAt): DaySpan {
  const wall = (at: number) => at + (kind === "zoned" ? offsetAt(at) * 60_000 : 0);
  const isEvening = kind !== "date" && endAt - startAt < DAY_MS;
  const end = isEvening ? wall(endAt) - EVENING_MS : wall(endAt - 1);
  const first = Math.floor(wall(startAt) / DAY_MS);
  return { first, last: Math.max(first, Math.floor(end / DAY_MS)) };
}
