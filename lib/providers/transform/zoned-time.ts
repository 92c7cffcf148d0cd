import type { EventTime } from "../../events/model";
import { instantOfWall, localOf, wallMsOf, wallOfInstant } from "../../events/time";

/** A date-time as APIs write it, before its zone is known. */
export interface WrittenTime {
  /** `YYYY-MM-DDTHH:mm:ss`; fractions of a second are dropped. */
  local: string;
  /** Epoch milliseconds, where an offset was written; otherwise null. */
  instant: number | null;
}

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.\d{1,12})?([Zz]|[+-]\d{2}:\d{2})?$/;

/** RFC 3339, the offset optional; null when it is not one or names a time that no clock shows. */
export function parseDateTime(text: string): WrittenTime | null {
  const match = DATE_TIME.exec(text);
  if (match === null) return null;
  const local = `${match[1]}T${match[2]}`;
  try {
    const wallMs = wallMsOf(local);
    const offset = match[3];
    return { local, instant: offset === undefined ? null : wallMs - offsetMs(offset) };
  } catch {
    return null;
  }
}

/** `YYYY-MM-DD` when it is a date that exists; otherwise null. */
export function parseDate(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDateTime(`${text}T00:00:00`) !== null ? text : null;
}

/**
 * What clocks in `timeZone` show at an instant. Of the hour that a clock change repeats, an {@link EventTime} can only
 * mean the first (RFC 5545 §3.3.5); an instant in the second one is kept in UTC.
 */
export function timeInZone(instant: number, timeZone: string): EventTime {
  const wallMs = wallOfInstant(instant, timeZone);
  if (instantOfWall(wallMs, timeZone) !== instant) return { kind: "zoned", local: localOf(instant), timeZone: "UTC" };
  return { kind: "zoned", local: localOf(wallMs), timeZone };
}

function offsetMs(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}
