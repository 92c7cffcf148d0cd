import type { CalendarEvent } from "../../calendar-event";
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

/**
 * The days of an event on the viewer's wall. All-day and floating events carry their wall time as
 * if it were UTC. What ends at midnight does not touch the day that begins there.
 */
export function daySpan({ kind, startAt, endAt }: Pick<CalendarEvent, "kind" | "startAt" | "endAt">, offsetAt: OffsetAt): DaySpan {
  const dayAt = (at: number) => Math.floor((at + (kind === "zoned" ? offsetAt(at) * 60_000 : 0)) / DAY_MS);
  return { first: dayAt(startAt), last: dayAt(Math.max(startAt, endAt - 1)) };
}
