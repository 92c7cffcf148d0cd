import type { EventTime, Recurrence } from "../../events/model";
import { dateOf, instantOf, instantOfWall, localOf, wallMsOf, wallOfInstant } from "../../events/time";
import type { PatternJson, RangeJson, RecurrenceJson } from "./event-json";
import { graphDay, INDEXES } from "./weekdays";
import { zoneName } from "./zones";

type Rule = ReadonlyMap<string, string>;

/**
 * The recurrence as Graph has it; null where no pattern gives exactly the same dates. Graph has one pattern for a
 * series, and no extra dates; a date that is left out is a deleted occurrence, which the caller deletes by itself.
 */
export function recurrenceJson(recurrence: Recurrence, start: EventTime): RecurrenceJson | null {
  const [text] = recurrence.rrules;
  if (text === undefined || recurrence.rrules.length > 1 || recurrence.rdates.length > 0) return null;
  const rule = partsOf(text);
  const pattern = rule === null ? null : patternOf(rule, start);
  const range = rule === null ? null : rangeOf(rule, start);
  return pattern === null || range === null ? null : { pattern, range };
}

const PARTS: ReadonlySet<string> = new Set(["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"]);

function partsOf(text: string): Rule | null {
  const parts = new Map<string, string>();
  for (const piece of text.trim().toUpperCase().split(";")) {
    const [name = "", value = "", ...more] = piece.split("=");
    if (piece === "" || name.startsWith("X-")) continue;
    if (!PARTS.has(name) || parts.has(name) || value === "" || more.length > 0) return null;
    parts.set(name, value);
  }
  return parts;
}

function patternOf(rule: Rule, start: EventTime): PatternJson | null {
  const interval = Number(rule.get("INTERVAL") ?? 1);
  if (!Number.isInteger(interval) || interval < 1 || interval > 999) return null;
  switch (rule.get("FREQ")) {
    case "DAILY":
      return has(rule, []) ? { type: "daily", interval } : null;
    case "WEEKLY":
      return weekly(rule, start, interval);
    case "MONTHLY":
      return monthly(rule, start, interval);
    case "YEARLY":
      return yearly(rule, start, interval);
    default:
      return null;
  }
}

/** Whether, of the parts that choose days, the rule has none but these. */
function has(rule: Rule, names: readonly string[]): boolean {
  return [...rule.keys()].filter((name) => name.startsWith("BY")).every((name) => names.includes(name));
}

function weekly(rule: Rule, start: EventTime, interval: number): PatternJson | null {
  if (!has(rule, ["BYDAY"])) return null;
  const days = plainDays(rule.get("BYDAY") ?? weekdayOf(start));
  // RFC 5545 §3.3.10: weeks begin on Monday where nothing is said.
  const firstDayOfWeek = graphDay(rule.get("WKST") ?? "MO");
  return days === null || firstDayOfWeek === null ? null : { type: "weekly", interval, daysOfWeek: days, firstDayOfWeek };
}

function monthly(rule: Rule, start: EventTime, interval: number): PatternJson | null {
  const position = positionOf(rule);
  if (position !== null && has(rule, ["BYDAY", "BYSETPOS"])) return { type: "relativeMonthly", interval, ...position };
  const dayOfMonth = has(rule, ["BYMONTHDAY", "BYSETPOS"]) ? dayOf(rule, start, { longest: 31, shortest: 28 }) : null;
  return dayOfMonth === null ? null : { type: "absoluteMonthly", interval, dayOfMonth };
}

function yearly(rule: Rule, start: EventTime, interval: number): PatternJson | null {
  const month = Number(rule.get("BYMONTH") ?? dateOf(start).slice(5, 7));
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  const position = rule.has("BYMONTH") ? positionOf(rule) : null;
  if (position !== null && has(rule, ["BYMONTH", "BYDAY", "BYSETPOS"])) return { type: "relativeYearly", interval, month, ...position };
  const longest = new Date(Date.UTC(2024, month, 0)).getUTCDate();
  const dayOfMonth = has(rule, ["BYMONTH", "BYMONTHDAY", "BYSETPOS"]) ? dayOf(rule, start, { longest, shortest: month === 2 ? 28 : longest }) : null;
  // Without BYMONTH, a BYMONTHDAY means that day of every month.
  if (dayOfMonth === null || (rule.has("BYMONTHDAY") && !rule.has("BYMONTH"))) return null;
  return { type: "absoluteYearly", interval, dayOfMonth, month };
}

/** The second Tuesday, as `2TU` or as TU with BYSETPOS=2; or the second of several days of the week. */
function positionOf(rule: Rule): Pick<PatternJson, "daysOfWeek" | "index"> | null {
  const byDay = rule.get("BYDAY");
  if (byDay === undefined) return null;
  const ordinal = /^([+-]?\d{1,2})(MO|TU|WE|TH|FR|SA|SU)$/.exec(byDay);
  const position = Number(ordinal?.[1] ?? rule.get("BYSETPOS"));
  const index = INDEXES.find(([, number]) => number === position)?.[0];
  const daysOfWeek = plainDays(ordinal?.[2] ?? byDay);
  if (index === undefined || daysOfWeek === null || (ordinal !== null && rule.has("BYSETPOS"))) return null;
  return { daysOfWeek, index };
}

/** See `dayParts` of the other direction: what Outlook calls the 31st is the last day, and a plain day has to be in every month. */
function dayOf(rule: Rule, start: EventTime, month: { longest: number; shortest: number }): number | null {
  const written = rule.get("BYMONTHDAY") ?? String(Number(dateOf(start).slice(8, 10)));
  if (rule.has("BYSETPOS")) {
    if (rule.get("BYSETPOS") !== "-1") return null;
    return ({ "28,29": 29, "28,29,30": 30 } as Record<string, number>)[written] ?? null;
  }
  if (written === "-1") return month.longest;
  const day = /^\+?\d{1,2}$/.test(written) ? Number(written) : NaN;
  return day >= 1 && day <= month.shortest ? day : null;
}

function rangeOf(rule: Rule, start: EventTime): RangeJson | null {
  const startDate = dateOf(start);
  const zone = start.kind === "zoned" ? { recurrenceTimeZone: zoneName(start.timeZone) } : {};
  const count = rule.get("COUNT");
  const until = rule.get("UNTIL");
  if (count !== undefined && until !== undefined) return null;
  if (count !== undefined) return /^\d{1,9}$/.test(count) ? { type: "numbered", startDate, numberOfOccurrences: Number(count), ...zone } : null;
  if (until === undefined) return { type: "noEnd", startDate, ...zone };
  const endDate = lastDate(until, start);
  return endDate === null ? null : { type: "endDate", startDate, endDate, ...zone };
}

/** The last date on which the series may still have its time of day: the day before, where UNTIL comes earlier in the day. */
function lastDate(until: string, start: EventTime): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(until);
  if (match === null) return null;
  const [, year, month, day, hours, minutes, seconds, utc] = match;
  const date = `${year}-${month}-${day}`;
  if (hours === undefined || start.kind === "date") return date;
  const wallMs = wallMsOf(`${date}T${hours}:${minutes}:${seconds}`);
  const lastMs = utc === "Z" && start.kind === "zoned" ? wallOfInstant(wallMs, start.timeZone) : wallMs;
  const sameDay = wallMsOf(`${localOf(lastMs).slice(0, 10)}${start.local.slice(10)}`);
  const late = start.kind === "zoned" ? instantOfWall(sameDay, start.timeZone) <= instantOf({ kind: "zoned", local: localOf(lastMs), timeZone: start.timeZone }, "UTC") : sameDay <= lastMs;
  return localOf(late ? lastMs : lastMs - 86_400_000).slice(0, 10);
}

function plainDays(byDay: string): string[] | null {
  const days = byDay.split(",").map(graphDay);
  const known = days.filter((day) => day !== null);
  return known.length < days.length ? null : known;
}

function weekdayOf(start: EventTime): string {
  return ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][new Date(`${dateOf(start)}T00:00:00Z`).getUTCDay()] ?? "MO";
}
