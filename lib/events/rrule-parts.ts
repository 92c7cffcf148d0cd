import { dateOf, instantOf, instantOfWall, wallMsOf } from "./time";
import type { EventTime } from "./model";

export type Frequency = "SECONDLY" | "MINUTELY" | "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

/** A recurrence rule (RFC 5545 §3.3.10) that has been checked part by part. */
export interface RuleParts {
  freq: Frequency;
  interval: number;
  hasCount: boolean;
  /** The parts as they are handed to the expansion, without UNTIL. */
  text: string;
  /** The part names present, without UNTIL. */
  names: ReadonlySet<string>;
  /** Days of the week (0 = Sunday) that BYDAY allows; null where it is absent or counts within a period. */
  weekdays: ReadonlySet<number> | null;
  /** UNTIL as it was written; null where there is none. */
  until: string | null;
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
  BYSETPOS: { from: 1, to: 366, signed: true },
};

const PATTERNS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^0*[1-9]\d{0,5}$/,
  COUNT: /^0*[1-9]\d{0,8}$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  BYDAY: /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTH: /^(0?[1-9]|1[0-2])L?(,(0?[1-9]|1[0-2])L?)*$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  RSCALE: /^[A-Z-]+$/,
  SKIP: /^(OMIT|BACKWARD|FORWARD)$/,
};

const WEEKDAYS: readonly string[] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const DAY_PARTS = ["BYDAY", "BYMONTHDAY", "BYYEARDAY"] as const;
const TIME_PARTS: ReadonlySet<string> = new Set(["BYHOUR", "BYMINUTE", "BYSECOND"]);
const BELOW_A_DAY: ReadonlySet<string> = new Set(["SECONDLY", "MINUTELY", "HOURLY"]);

/** Whether the rule steps by hours, minutes or seconds. */
export function isSubDaily(freq: Frequency): boolean {
  return BELOW_A_DAY.has(freq);
}

/** Reads a rule value (no `RRULE:` prefix) for a series that starts at `start`. */
export function parseRule(rule: string, start: EventTime): ParsedRule {
  const parts = new Map<string, string>();
  for (const piece of rule.trim().toUpperCase().split(";")) {
    if (piece === "") continue;
    const cut = piece.indexOf("=");
    const name = piece.slice(0, cut).trim();
    const value = piece.slice(cut + 1).trim();
    if (cut < 1) return refused(`“${shown(piece)}” is not a part of a rule`);
    if (name.startsWith("X-")) continue;
    if (parts.has(name)) return refused(`${name} is given twice`);
    if (!isValidPart(name, value)) return refused(`“${shown(piece)}” is not understood`);
    // A leap second is the last second that clocks here can show.
    parts.set(name, name === "BYSECOND" ? value.replace(/\b60\b/g, "59") : value);
  }
  const freq = parts.get("FREQ");
  if (!isFrequency(freq)) return refused("FREQ is missing");
  if (start.kind === "date") {
    if (isSubDaily(freq)) return refused(`an all-day event cannot repeat ${freq}`);
    // §3.3.10: they must be ignored where DTSTART is a date.
    for (const name of TIME_PARTS) parts.delete(name);
  }
  if (parts.has("BYWEEKNO") && !DAY_PARTS.some((name) => parts.has(name))) {
    // §3.3.10: what a rule leaves open is taken from DTSTART; the library takes it from the year instead.
    parts.set("BYDAY", weekdayOf(start));
  }
  const until = parts.get("UNTIL") ?? null;
  parts.delete("UNTIL");
  return {
    ok: true,
    parts: {
      freq,
      interval: Number(parts.get("INTERVAL") ?? 1),
      hasCount: parts.has("COUNT"),
      text: [...parts].map(([name, value]) => `${name}=${value}`).join(";"),
      names: new Set(parts.keys()),
      weekdays: plainWeekdays(parts.get("BYDAY")),
      until,
    },
  };
}

/**
 * The last moment UNTIL allows, in the terms of `start`: an instant for a zoned start, otherwise wall
 * milliseconds. A bare date means the whole of that day. Producers often write the wrong form; each is read
 * as what it most likely meant, and never depends on who looks at it.
 */
export function untilOf(until: string, start: EventTime): number {
  const date = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  const dayMs = wallMsOf(`${date}T00:00:00`);
  if (start.kind === "date") return dayMs;
  const endOfDay = dayMs + 86_400_000 - 1;
  if (until.length === 8) return start.kind === "zoned" ? instantOfWall(endOfDay, start.timeZone) : endOfDay;
  const local = `${date}T${until.slice(9, 11)}:${until.slice(11, 13)}:${until.slice(13, 15)}`;
  if (start.kind === "floating" || until.endsWith("Z")) return wallMsOf(local);
  return instantOf({ kind: "zoned", local, timeZone: start.timeZone }, "UTC");
}

function plainWeekdays(byDay: string | undefined): ReadonlySet<number> | null {
  if (byDay === undefined || /\d/.test(byDay)) return null;
  return new Set(byDay.split(",").map((day) => WEEKDAYS.indexOf(day)));
}

function weekdayOf(start: EventTime): string {
  const day = new Date(wallMsOf(`${dateOf(start)}T00:00:00`)).getUTCDay();
  return WEEKDAYS[day] ?? "MO";
}

function isValidPart(name: string, value: string): boolean {
  const pattern = PATTERNS[name];
  if (pattern !== undefined) return pattern.test(value);
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
