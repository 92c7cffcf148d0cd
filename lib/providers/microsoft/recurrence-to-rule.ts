import type { EventTime } from "../../events/model";
import { instantOfWall, localOf, wallMsOf } from "../../events/time";
import type { PatternJson, RangeJson, RecurrenceJson } from "./event-json";
import { INDEXES, rruleDay } from "./weekdays";

/** Null when it is not a recurrence that the API describes. */
export function ruleOf(json: RecurrenceJson, start: EventTime): string | null {
  const pattern = patternParts(json.pattern);
  const range = rangePart(json.range, start);
  if (pattern === null || range === null) return null;
  const interval = json.pattern.interval === 1 ? [] : [`INTERVAL=${json.pattern.interval}`];
  const [freq, ...rest] = pattern;
  return [freq, ...interval, ...rest, ...range].join(";");
}

/** The rule's parts, FREQ first. */
function patternParts(pattern: PatternJson): string[] | null {
  const days = (pattern.daysOfWeek ?? []).map(rruleDay);
  const known = days.filter((day) => day !== null);
  if (known.length < days.length) return null;
  // Words are compared without their letter case: the API takes them so.
  switch (pattern.type.toLowerCase()) {
    case "daily":
      return ["FREQ=DAILY"];
    case "weekly": {
      const weekStart = rruleDay(pattern.firstDayOfWeek ?? "sunday");
      return known.length === 0 || weekStart === null ? null : ["FREQ=WEEKLY", `BYDAY=${known.join(",")}`, `WKST=${weekStart}`];
    }
    case "absolutemonthly":
      return withDay("FREQ=MONTHLY", dayParts(pattern.dayOfMonth, 31));
    case "absoluteyearly":
      return isMonth(pattern.month) ? withDay("FREQ=YEARLY", dayParts(pattern.dayOfMonth, MONTH_DAYS[pattern.month - 1] ?? 31), [`BYMONTH=${pattern.month}`]) : null;
    case "relativemonthly":
      return withDay("FREQ=MONTHLY", positionParts(known, pattern.index));
    case "relativeyearly":
      return isMonth(pattern.month) ? withDay("FREQ=YEARLY", positionParts(known, pattern.index), [`BYMONTH=${pattern.month}`]) : null;
    default:
      return null;
  }
}

const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Outlook moves a day that a month does not have to the month's last, where a plain BYMONTHDAY would skip the month: the
 * rule says “the last of these days that there is”.
 */
function dayParts(day: number | undefined, longest: number): string[] | null {
  if (day === undefined || day < 1 || day > 31) return null;
  if (day <= 28) return [`BYMONTHDAY=${day}`];
  if (day >= longest) return ["BYMONTHDAY=-1"];
  return [`BYMONTHDAY=${[28, 29, 30].filter((each) => each <= day).join(",")}`, "BYSETPOS=-1"];
}

/** The second Tuesday; or, of several days of the week, the second of all of them in the month. */
function positionParts(days: readonly string[], index: string | undefined): string[] | null {
  const position = INDEXES.find(([name]) => name === (index ?? "first").toLowerCase())?.[1];
  if (days.length === 0 || position === undefined) return null;
  return days.length === 1 ? [`BYDAY=${position}${days[0]}`] : [`BYDAY=${days.join(",")}`, `BYSETPOS=${position}`];
}

function withDay(freq: string, day: string[] | null, more: readonly string[] = []): string[] | null {
  return day === null ? null : [freq, ...more, ...day];
}

/** COUNT or UNTIL; the last date counts as a whole, in the series' own zone. */
function rangePart(range: RangeJson, start: EventTime): string[] | null {
  switch (range.type.toLowerCase()) {
    case "noend":
      return [];
    case "numbered":
      return range.numberOfOccurrences !== undefined && range.numberOfOccurrences > 0 ? [`COUNT=${range.numberOfOccurrences}`] : null;
    case "enddate": {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(range.endDate ?? "")) return null;
      const lastSecond = wallMsOf(`${range.endDate}T23:59:59`);
      const until = start.kind === "zoned" ? instantOfWall(lastSecond, start.timeZone) : lastSecond;
      const basic = localOf(until).replace(/[-:]/g, "");
      if (start.kind === "date") return [`UNTIL=${basic.slice(0, 8)}`];
      return [`UNTIL=${basic}${start.kind === "zoned" ? "Z" : ""}`];
    }
    default:
      return null;
  }
}

function isMonth(month: number | undefined): month is number {
  return month !== undefined && month >= 1 && month <= 12;
}
