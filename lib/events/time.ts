import { Temporal } from "temporal-polyfill";
import type { EventTime } from "./model";
import { dateOfDay, DAY_MS, dayOf, daysInMonth } from "./rules/days";
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
  if (time.kind === "date") return time.date;
  const wallMs = wallMsOf(time.local);
  return recurrenceKeyOf(time.kind, time.kind === "zoned" ? instantOfWall(wallMs, time.timeZone) : wallMs, wallMs);
}

/** {@link recurrenceKey} of a time whose instant and wall time ({@link wallMsOf}) are known. */
export function recurrenceKeyOf(kind: EventTime["kind"], instant: number, wallMs: number): string {
  switch (kind) {
    case "date":
      return localOf(wallMs).slice(0, 10);
    case "zoned":
      return `${basicFormat(instant)}Z`;
    case "floating":
      return basicFormat(wallMs);
  }
}

/** A wall time `YYYY-MM-DDTHH:mm:ss` as if it were UTC, in milliseconds: plain arithmetic without a zone. */
export function wallMsOf(local: string): number {
  const part = (from: number, to: number) => Number(local.slice(from, to));
  if (!LOCAL.test(local) || part(8, 10) > daysInMonth(part(0, 4), part(5, 7))) {
    throw new RangeError(`Not a wall time: ${local.slice(0, 40)}`);
  }
  const day = dayOf(part(0, 4), part(5, 7), part(8, 10));
  return day * DAY_MS + part(11, 13) * 3_600_000 + part(14, 16) * 60_000 + part(17, 19) * 1_000;
}

/** What clocks show at a time, as {@link wallMsOf} counts it; midnight for a date. */
export function faceOf(time: EventTime): number {
  return wallMsOf(time.kind === "date" ? `${time.date}T00:00:00` : time.local);
}

/** The inverse of {@link wallMsOf}; fractions of a second are dropped. */
export function localOf(wallMs: number): string {
  const day = Math.floor(wallMs / DAY_MS);
  const { year, month, dayOfMonth } = dateOfDay(day);
  if (!(year >= 0 && year <= 9_999)) throw new RangeError(`Not a year that calendars can hold: ${year}`);
  const second = Math.floor((wallMs - day * DAY_MS) / 1_000);
  const date = `${digits(Math.floor(year / 100))}${digits(year % 100)}-${digits(month)}-${digits(dayOfMonth)}`;
  return `${date}T${digits(Math.floor(second / 3_600))}:${digits(Math.floor(second / 60) % 60)}:${digits(second % 60)}`;
}

const DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

function digits(number: number): string {
  return DIGITS[number] ?? "00";
}

/** The last moment that calendars can write. */
export const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

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

const LOCAL = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

function basicFormat(ms: number): string {
  const iso = localOf(ms);
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17)}`;
}
