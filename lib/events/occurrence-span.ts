import { faceOf, instantOf, instantOfWall, LAST_MS, localOf, wallOfInstant } from "./time";
import type { EventTime } from "./model";

export interface Span {
  start: EventTime;
  end: EventTime;
  startAt: number;
  endAt: number;
}

/** The span between two times as they are; an end before its start counts as the start. */
export function spanOf(start: EventTime, end: EventTime, floatingTimeZone: string): Span {
  const startAt = instantOf(start, floatingTimeZone);
  return { start, end, startAt, endAt: Math.max(startAt, instantOf(end, floatingTimeZone)) };
}

/**
 * How the length of a series' first event carries over to its other occurrences: in whole days for all-day
 * events, on the clock face for floating ones, and in exact time for zoned ones, whose ends stay in the zone
 * that the first end has (RFC 5545 §3.8.5.3).
 */
export interface Length {
  /** Upper bound of the exact length, in milliseconds. */
  atMostMs: number;
  spanFrom(start: EventTime, startAt: number): Span;
}

export function lengthOf(first: { start: EventTime; end: EventTime }, floatingTimeZone: string): Length {
  const exact = spanOf(first.start, first.end, floatingTimeZone);
  const exactMs = exact.endAt - exact.startAt;
  const { start, end } = first;
  if (start.kind === "zoned" && end.kind === "zoned") {
    return {
      atMostMs: exactMs,
      spanFrom: (at, startAt) => ({ start: at, end: zonedTime(startAt + exactMs, end.timeZone), startAt, endAt: startAt + exactMs }),
    };
  }
  if (start.kind === "zoned" || end.kind === "zoned" || start.kind !== end.kind) {
    const zone = start.kind === "zoned" ? start.timeZone : floatingTimeZone;
    return {
      atMostMs: exactMs,
      spanFrom: (at, startAt) => ({ start: at, end: zonedTime(startAt + exactMs, zone), startAt, endAt: startAt + exactMs }),
    };
  }
  const faceMs = Math.max(0, faceOf(end) - faceOf(start));
  return {
    atMostMs: faceMs + HOUR_MS * 3,
    spanFrom: (at, startAt) => {
      const endFace = Math.min(faceOf(at) + faceMs, LAST_MS);
      if (at.kind === "date") {
        return { start: at, end: { kind: "date", date: localOf(endFace).slice(0, 10) }, startAt, endAt: startAt + faceMs };
      }
      const endAt = Math.max(startAt, instantOfWall(endFace, floatingTimeZone));
      return { start: at, end: { kind: "floating", local: localOf(endFace) }, startAt, endAt };
    },
  };
}

const HOUR_MS = 3_600_000;

function zonedTime(instant: number, timeZone: string): EventTime {
  return { kind: "zoned", local: localOf(Math.min(wallOfInstant(instant, timeZone), LAST_MS)), timeZone };
}
