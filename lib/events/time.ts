import { Temporal } from "temporal-polyfill";
import type { EventTime } from "./model";
import { offsetAt, steadyOffset } from "./zone-offsets";

/**
 * The instant of `time`, epoch milliseconds UTC. A wall time that a clock change skips is shifted forward by
 * the length of the gap; one that occurs twice is the first of the two (RFC 5545 §3.3.5). A date is placed at
 * UTC midnight, for ordering only. Throws RangeError on a malformed time or an unknown zone.
 */
export function instantOf(time: EventTime, floatingTimeZone: string): number {
  switch (time.kind) {
    case "date":
      return wallMsOf(`${time.date}T00:00:00`);
    case "zoned":
      return instantOfWall(wallMsOf(time.local), time.timeZone);
    case "floating":
      return instantOfWall(wallMsOf(time.local), floatingTimeZone);
  }
}

/**
 * The canonical name of an occurrence's original start, equal for equal starts however they were written:
 * `2026-03-01` for a date, `20260301T090000Z` for a zoned time, `20260301T090000` for a floating one.
 */
export function recurrenceKey(time: EventTime): string {
  switch (time.kind) {
    case "date":
      return time.date;
    case "zoned":
      return `${basicFormat(instantOf(time, "UTC"))}Z`;
    case "floating":
      return basicFormat(wallMsOf(time.local));
  }
}

/** A wall time `YYYY-MM-DDTHH:mm:ss` as if it were UTC, in milliseconds: plain arithmetic without a zone. */
export function wallMsOf(local: string): number {
  const ms = LOCAL.test(local) ? Date.parse(`${local}Z`) : NaN;
  if (Number.isNaN(ms) || localOf(ms) !== local) throw new RangeError(`Not a wall time: ${local.slice(0, 40)}`);
  return ms;
}

/** The inverse of {@link wallMsOf}; fractions of a second are dropped. */
export function localOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19);
}

/** The instant at which clocks in `timeZone` show `wallMs`; gaps and repeats as in {@link instantOf}. */
export function instantOfWall(wallMs: number, timeZone: string): number {
  if (timeZone === "UTC") return wallMs;
  const offset = steadyOffset(wallMs, timeZone);
  if (offset !== null) return wallMs - offset;
  return Temporal.PlainDateTime.from(localOf(wallMs)).toZonedDateTime(timeZone, { disambiguation: "compatible" })
    .epochMilliseconds;
}

/** What clocks in `timeZone` show at `instant`, as {@link wallMsOf} counts it. */
export function wallOfInstant(instant: number, timeZone: string): number {
  return instant + offsetAt(instant, timeZone);
}

/** The calendar date of a time as it was written. */
export function dateOf(time: EventTime): string {
  return time.kind === "date" ? time.date : time.local.slice(0, 10);
}

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

function basicFormat(ms: number): string {
  return localOf(ms).replace(/[-:]/g, "");
}
