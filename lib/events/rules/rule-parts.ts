import { instantOf, instantOfWall, wallMsOf } from "../time";
import type { EventTime } from "../model";

export type Frequency = "SECONDLY" | "MINUTELY" | "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

/** One item of BYDAY: a weekday (0 = Sunday), and which one of its month or year (`-1` the last); null means each. */
export interface WeekdayItem {
  weekday: number;
  ordinal: number | null;
}

/**
 * A recurrence rule (RFC 5545 §3.3.10, with SKIP of RFC 7529 §4) that has been checked part by part. The lists are
 * sorted and without duplicates; a part that the rule does not have is an empty list.
 */
export interface RuleParts {
  freq: Frequency;
  interval: number;
  count: number | null;
  /** UNTIL as it was written. */
  until: string | null;
  /** The first day of the week (0 = Sunday). */
  weekStart: number;
  months: readonly number[];
  weekNumbers: readonly number[];
  yearDays: readonly number[];
  monthDays: readonly number[];
  weekdays: readonly WeekdayItem[];
  hours: readonly number[];
  minutes: readonly number[];
  seconds: readonly number[];
  positions: readonly number[];
  /** What becomes of days that do not exist, such as February 30. */
  skip: "omit" | "backward" | "forward";
}

export type ParsedRule = { ok: true; parts: RuleParts } | { ok: false; message: string };

/** Inclusive ranges of the numbers in a part; `signed` parts count from the end when negative and have no 0. */
const RANGES: Readonly<Record<string, { from: number; to: number; signed: boolean }>> = {
  BYSECOND: { from: 0, to: 60, signed: false },
  BYMINUTE: { from: 0, to: 59, signed: false },
  BYHOUR: { from: 0, to: 23, signed: false },
  BYMONTHDAY: { from: 1, to: 31, signed: true },
  BYYEARDAY: { from: 1, to: 366, signed: true },
  BYWEEKNO: { from: 1, to: 53, signed: true },
  BYMONTH: { from: 1, to: 12, signed: false },
  BYSETPOS: { from: 1, to: 366, signed: true },
};

const PATTERNS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^\+?0*[1-9]\d{0,8}$/,
  COUNT: /^\+?0*[1-9]\d{0,14}$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  BYDAY: /^([+-]?0?[1-9]|[+-]?[1-4]\d|[+-]?5[0-3])?(MO|TU|WE|TH|FR|SA|SU)$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  RSCALE: /^[A-Z0-9-]+$/,
  SKIP: /^(OMIT|BACKWARD|FORWARD)$/,
};

const WEEKDAYS: readonly string[] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const BELOW_A_DAY: ReadonlySet<string> = new Set(["SECONDLY", "MINUTELY", "HOURLY"]);

/** Whether the rule steps by hours, minutes or seconds. */
export function isSubDaily(freq: Frequency): boolean {
  return BELOW_A_DAY.has(freq);
}

/**
 * Reads a rule value (no `RRULE:` prefix) for a series that starts at `start`. Combinations that the RFC forbids
 * but that have an obvious meaning are read by it: an ordinal in BYDAY that has nothing to count in is passed over,
 * a BY part of a longer period than the frequency's limits it, and where both COUNT and UNTIL are given the first
 * one reached ends the series.
 */
export function parseRule(rule: string, start: EventTime): ParsedRule {
  const texts = new Map<string, string>();
  for (const piece of rule.trim().toUpperCase().split(";")) {
    if (piece.trim() === "") continue;
    const cut = piece.indexOf("=");
    const name = piece.slice(0, cut).trim();
    const value = piece.slice(cut + 1).replace(/\s/g, "");
    if (cut < 1) return refused(`“${shown(piece)}” is not a part of a rule`);
    if (name.startsWith("X-")) continue;
    if (texts.has(name)) return refused(`${name} is given twice`);
    if (!isValidPart(name, value)) return refused(`“${shown(piece)}” is not understood`);
    texts.set(name, value);
  }
  const freq = texts.get("FREQ");
  if (!isFrequency(freq)) return refused("FREQ is missing");
  if (start.kind === "date" && isSubDaily(freq)) return refused(`an all-day event cannot repeat ${freq}`);
  const scale = texts.get("RSCALE") ?? "GREGORIAN";
  if (scale !== "GREGORIAN") return refused(`it follows the ${scale.toLowerCase()} calendar`);
  // §3.3.10: parts of the day must be ignored where DTSTART is a date.
  const timesOf = (name: string) => (start.kind === "date" ? [] : numbersOf(texts.get(name)));
  const until = texts.get("UNTIL") ?? null;
  if (until !== null && !isRealDate(until)) return refused(`“UNTIL=${until}” is not a date`);
  return {
    ok: true,
    parts: {
      freq,
      interval: Number(texts.get("INTERVAL") ?? 1),
      count: texts.has("COUNT") ? Number(texts.get("COUNT")) : null,
      until,
      weekStart: WEEKDAYS.indexOf(texts.get("WKST") ?? "MO"),
      months: numbersOf(texts.get("BYMONTH")),
      weekNumbers: numbersOf(texts.get("BYWEEKNO")),
      yearDays: numbersOf(texts.get("BYYEARDAY")),
      monthDays: numbersOf(texts.get("BYMONTHDAY")),
      weekdays: weekdayItems(texts.get("BYDAY"), canCountWeekdays(freq, texts)),
      hours: timesOf("BYHOUR"),
      minutes: timesOf("BYMINUTE"),
      // A leap second is the last second that clocks here can show.
      seconds: [...new Set(timesOf("BYSECOND").map((second) => Math.min(second, 59)))],
      positions: numbersOf(texts.get("BYSETPOS")),
      skip: skipOf(texts.get("SKIP")),
    },
  };
}

/**
 * The last moment UNTIL allows, in the terms of `start`: an instant for a zoned start, otherwise wall
 * milliseconds. A bare date means the whole of that day. Producers often write the wrong form; each is read
 * as what it most likely meant, and never depends on who looks at it.
 */
export function untilOf(until: string, start: EventTime): number {
  const date = untilDate(until);
  const dayMs = wallMsOf(`${date}T00:00:00`);
  if (start.kind === "date") return dayMs;
  const endOfDay = dayMs + 86_400_000 - 1;
  if (until.length === 8) return start.kind === "zoned" ? instantOfWall(endOfDay, start.timeZone) : endOfDay;
  const local = `${date}T${until.slice(9, 11)}:${until.slice(11, 13)}:${until.slice(13, 15)}`;
  if (start.kind === "floating" || until.endsWith("Z")) return wallMsOf(local);
  return instantOf({ kind: "zoned", local, timeZone: start.timeZone }, "UTC");
}

function untilDate(until: string): string {
  return `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
}

function isRealDate(until: string): boolean {
  try {
    const time = until.length === 8 ? "00:00:00" : `${until.slice(9, 11)}:${until.slice(11, 13)}:${until.slice(13, 15)}`;
    wallMsOf(`${untilDate(until)}T${time}`);
    return true;
  } catch {
    return false;
  }
}

/** §3.3.10: only a month or a year has a first or last Monday, and not where its weeks are chosen by number. */
function canCountWeekdays(freq: Frequency, texts: ReadonlyMap<string, string>): boolean {
  return freq === "MONTHLY" || (freq === "YEARLY" && !texts.has("BYWEEKNO"));
}

function weekdayItems(text: string | undefined, counted: boolean): WeekdayItem[] {
  const items = new Map<string, WeekdayItem>();
  for (const item of text?.split(",") ?? []) {
    const weekday = WEEKDAYS.indexOf(item.slice(-2));
    const ordinal = counted && item.length > 2 ? Number(item.slice(0, -2)) : null;
    items.set(`${ordinal} ${weekday}`, { weekday, ordinal });
  }
  return [...items.values()];
}

function numbersOf(text: string | undefined): number[] {
  if (text === undefined) return [];
  return [...new Set(text.split(",").map(Number))].sort((a, b) => a - b);
}

function skipOf(text: string | undefined): RuleParts["skip"] {
  return text === "BACKWARD" ? "backward" : text === "FORWARD" ? "forward" : "omit";
}

function isValidPart(name: string, value: string): boolean {
  const pattern = PATTERNS[name];
  if (pattern !== undefined) return (name === "BYDAY" ? value.split(",") : [value]).every((item) => pattern.test(item));
  const range = RANGES[name];
  if (range === undefined) return false;
  return value.split(",").every((item) => {
    if (!/^[+-]?\d{1,3}$/.test(item)) return false;
    const number = Number(item);
    const size = range.signed ? Math.abs(number) : number;
    return size >= range.from && size <= range.to;
  });
}

function isFrequency(value: string | undefined): value is Frequency {
  return value !== undefined && /^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value);
}

function refused(message: string): ParsedRule {
  return { ok: false, message };
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
