import { daysInMonth } from "../rules/days";
import type { IcsProperty } from "./components";
import { IcsError } from "./ics-error";

/** A date or date-time value before its zone is known. */
export interface IcsTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** `HH:mm:ss`, or null for a date. */
  time: string | null;
  utc: boolean;
}

/** RFC 5545 §3.3.6: days are nominal, the rest is exact time. Both negative where the value is. */
export interface IcsDuration {
  days: number;
  ms: number;
}

const DATE = /^(\d{4})(\d{2})(\d{2})$/;
const DATE_TIME = /^(\d{8})T(\d{2})(\d{2})(\d{2})(Z?)$/i;
const DURATION = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** The form of the digits decides between date and date-time: many producers leave VALUE=DATE out, or in. */
export function parseTime(text: string, property: IcsProperty): IcsTime {
  const value = text.trim();
  // Some write a date with the Z of an instant, which a date cannot have.
  const date = parseDate(value.replace(/^(\d{8})Z$/i, "$1"));
  if (date !== null) return { date, time: null, utc: false };
  const match = DATE_TIME.exec(value);
  const day = match === null ? null : parseDate(match[1] ?? "");
  const [hours, minutes, seconds] = [Number(match?.[2]), Number(match?.[3]), Number(match?.[4])];
  if (match === null || day === null || hours > 23 || minutes > 59 || seconds > 60) {
    throw new IcsError(property.line, `${property.name}:${value}`, "is not a valid date");
  }
  if (property.valueType === "DATE") return { date: day, time: null, utc: false };
  // A leap second is the last second that clocks here can show.
  const time = `${match[2]}:${match[3]}:${seconds === 60 ? "59" : match[4]}`;
  return { date: day, time, utc: match[5] !== "" };
}

export function parseDuration(text: string, property: IcsProperty): IcsDuration {
  // `PT1W` and `PT1D` are common mistakes for weeks and days.
  const match = DURATION.exec(text.trim().replace(/^([+-]?P)T(\d+[WD])/i, "$1$2"));
  const parts = (match ?? []).slice(2).map((part) => (part === undefined ? null : Number(part)));
  if (match === null || parts.every((part) => part === null) || parts.some((part) => (part ?? 0) > 10_000_000)) {
    throw new IcsError(property.line, `${property.name}:${text}`, "is not a valid duration");
  }
  const [weeks, days, hours, minutes, seconds] = parts.map((part) => part ?? 0);
  const sign = match[1] === "-" ? -1 : 1;
  return {
    days: sign * ((weeks ?? 0) * 7 + (days ?? 0)),
    ms: sign * ((hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1_000),
  };
}

/** TEXT (RFC 5545 §3.3.11): undoes `\n`, `\,`, `\;` and `\\`. */
export function unescapeText(value: string): string {
  return value.replace(/\\([\s\S])/g, (_, character: string) => (character === "n" || character === "N" ? "\n" : character));
}

/** `±HHMM[SS]` (RFC 5545 §3.3.14) in milliseconds; null when it is not an offset. */
export function parseUtcOffset(text: string): number | null {
  const match = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(text.trim());
  if (match === null) return null;
  const ms = (Number(match[2]) * 3_600 + Number(match[3]) * 60 + Number(match[4] ?? 0)) * 1_000;
  return match[1] === "-" ? -ms : ms;
}

function parseDate(text: string): string | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [, year = "", month = "", day = ""] = match;
  const isReal = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month));
  return isReal ? `${year}-${month}-${day}` : null;
}
