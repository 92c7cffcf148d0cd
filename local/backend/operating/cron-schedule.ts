import { z } from "zod";
import { FunctionError } from "../values/encoded-value";

const minute = z.number().int().min(0).max(59).optional();
const hour = z.number().int().min(0).max(23);
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** A schedule as `crons.ts` exports it; all times are UTC. */
export const cronSchedule = z.discriminatedUnion("type", [
  z.object({ type: z.literal("interval"), seconds: z.number().optional(), minutes: z.number().optional(), hours: z.number().optional() }),
  z.object({ type: z.literal("hourly"), minuteUTC: minute }),
  z.object({ type: z.literal("daily"), hourUTC: hour, minuteUTC: minute }),
  z.object({ type: z.literal("weekly"), dayOfWeek: z.enum(DAYS), hourUTC: hour, minuteUTC: minute }),
  z.object({ type: z.literal("monthly"), day: z.number().int().min(1).max(31), hourUTC: hour, minuteUTC: minute }),
  z.object({ type: z.literal("cron"), cron: z.string() }),
]);
export type CronSchedule = z.infer<typeof cronSchedule>;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Five years: 29 February comes at most eight years apart, but a spec that never comes must end somewhere. */
const HORIZON_DAYS = 8 * 366;

/**
 * The first time after `afterMs` at which the schedule is due, in milliseconds. `spread` (any integer) picks the minute of a
 * schedule that leaves it open. Throws {@link FunctionError} for a cron string that is malformed or never due.
 */
export function nextDue(schedule: CronSchedule, afterMs: number, spread: number): number {
  if (schedule.type === "interval") return afterMs + intervalMs(schedule);
  const fields = parseCron(asCronString(schedule, ((spread % 60) + 60) % 60));
  const first = Math.floor(afterMs / MINUTE_MS) + 1;
  const firstDay = Math.floor(first / DAY_MINUTES);
  for (let day = firstDay; day < firstDay + HORIZON_DAYS; day++) {
    if (!dayMatches(fields, new Date(day * DAY_MINUTES * MINUTE_MS))) continue;
    for (let at = Math.max(first, day * DAY_MINUTES); at < (day + 1) * DAY_MINUTES; at++) {
      const inDay = at - day * DAY_MINUTES;
      if (fields.hours.has(Math.floor(inDay / 60)) && fields.minutes.has(inDay % 60)) return at * MINUTE_MS;
    }
  }
  throw new FunctionError("The cron schedule is never due.");
}

/** The length of an interval schedule in milliseconds. */
export function intervalMs({ seconds, minutes, hours }: Extract<CronSchedule, { type: "interval" }>): number {
  return ((seconds ?? 0) + (minutes ?? 0) * 60 + (hours ?? 0) * 3600) * 1000;
}

interface CronFields {
  minutes: Set<number>;
  hours: Set<number>;
  days: Set<number>;
  months: Set<number>;
  weekdays: Set<number>;
  /** With both day fields given, either one is enough (crontab(5)). */
  eitherDay: boolean;
}

function asCronString(schedule: Exclude<CronSchedule, { type: "interval" }>, spreadMinute: number): string {
  if (schedule.type === "cron") return schedule.cron;
  const at = schedule.minuteUTC ?? spreadMinute;
  if (schedule.type === "hourly") return `${at} * * * *`;
  if (schedule.type === "daily") return `${at} ${schedule.hourUTC} * * *`;
  if (schedule.type === "weekly") return `${at} ${schedule.hourUTC} * * ${DAYS.indexOf(schedule.dayOfWeek)}`;
  return `${at} ${schedule.hourUTC} ${schedule.day} * *`;
}

function dayMatches({ days, months, weekdays, eitherDay }: CronFields, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const byDay = days.has(date.getUTCDate());
  const byWeekday = weekdays.has(date.getUTCDay());
  return eitherDay ? byDay || byWeekday : byDay && byWeekday;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function parseCron(spec: string): CronFields {
  const parts = spec.trim().split(/\s+/);
  if (parts.length !== 5) throw new FunctionError(`Invalid cron string "${spec}": expected five fields.`);
  const [minutes = "*", hours = "*", days = "*", months = "*", weekdays = "*"] = parts;
  const names = (list: readonly string[], offset: number) => (text: string) =>
    list.reduce((result, name, at) => result.replace(name, String(at + offset)), text.toLowerCase());
  const parsedWeekdays = field(spec, names(DAYS.map((name) => name.slice(0, 3)), 0)(weekdays), 0, 6);
  return {
    minutes: field(spec, minutes, 0, 59),
    hours: field(spec, hours, 0, 23),
    days: field(spec, days, 1, 31),
    months: field(spec, names(MONTHS, 1)(months), 1, 12),
    weekdays: parsedWeekdays,
    eitherDay: days !== "*" && weekdays !== "*",
  };
}

function field(spec: string, text: string, min: number, max: number): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) throw new FunctionError(`Invalid cron string "${spec}": cannot read "${part}".`);
    const [, from, to, step] = match;
    const first = from === undefined ? min : Number(from);
    const last = to !== undefined ? Number(to) : from === undefined || step !== undefined ? max : first;
    const by = step === undefined ? 1 : Number(step);
    if (first < min || last > max || first > last || by < 1) throw new FunctionError(`Invalid cron string "${spec}": "${part}" is out of range.`);
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return values;
}
