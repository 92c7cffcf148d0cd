import { inTermsOf } from "../recurrence-match";
import type { EventTime } from "../model";
import { dateOf, localOf, wallMsOf } from "../time";

const DAY_MS = 86_400_000;

/** How an occurrence was moved: by so much on the clock face, and perhaps to another form or zone. */
export interface Shift {
  from: EventTime;
  to: EventTime;
  /** Whole days between the dates. */
  days: number;
  /** Between the times of day, in milliseconds. */
  clockMs: number;
}

export function shiftBetween(from: EventTime, to: EventTime): Shift {
  const days = (dayMs(to) - dayMs(from)) / DAY_MS;
  return { from, to, days, clockMs: clockOf(to) - clockOf(from) };
}

/** `time`, which has the form of `shift.from`, moved by as much and into the form of `shift.to`. */
export function shifted(time: EventTime, shift: Shift, days = shift.days): EventTime {
  const wallMs = dayMs(time) + clockOf(time) + days * DAY_MS + shift.clockMs;
  const local = localOf(wallMs);
  const { to } = shift;
  return to.kind === "date" ? { kind: "date", date: local.slice(0, 10) } : { ...to, local };
}

/** The end that keeps the length an event had: on the clock face. */
export function endAfter(start: EventTime, first: { start: EventTime; end: EventTime }): EventTime {
  const end = first.start.kind === "zoned" && first.end.kind === "zoned" ? inTermsOf(first.end, first.start) : first.end;
  const lengthMs = dayMs(end) + clockOf(end) - dayMs(first.start) - clockOf(first.start);
  return shifted(start, { from: start, to: start, days: 0, clockMs: lengthMs });
}

/** 0 is Sunday. */
export function weekdayOf(time: EventTime): number {
  return new Date(dayMs(time)).getUTCDay();
}

function dayMs(time: EventTime): number {
  return wallMsOf(`${dateOf(time)}T00:00:00`);
}

function clockOf(time: EventTime): number {
  return time.kind === "date" ? 0 : wallMsOf(time.local) - dayMs(time);
}
