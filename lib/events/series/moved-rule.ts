import type { EventTime } from "../model";
import { dateOf } from "../time";
import { type Shift, shifted, weekdayOf } from "./shift";

const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;

/**
 * A rule that produced `shift.from` so that it produces `shift.to` in its place: a weekly rule changes that one weekday, a
 * rule with one day of the month that day. Null where no such small change does it; a person then has to say how the
 * series repeats. Whether the rest of the series follows is for the caller to check.
 */
export function movedRule(rule: string, shift: Shift): string | null {
  const parts = rule.split(";").filter((part) => part !== "");
  const values = new Map(parts.map((part): [string, string] => [nameOf(part), (part.split("=")[1] ?? "").toUpperCase()]));
  if (shift.clockMs !== 0 && ["BYHOUR", "BYMINUTE", "BYSECOND"].some((name) => values.has(name))) return null;
  const moved = shift.days === 0 ? {} : movedDays(values, shift);
  if (moved === null) return null;
  return parts
    .map((part) => (nameOf(part) === "UNTIL" ? movedUntil(part, shift) : moved[nameOf(part)] === undefined ? part : `${nameOf(part)}=${moved[nameOf(part)]}`))
    .join(";");
}

/** The parts that choose days, where they have to change; null where there is no telling how. */
function movedDays(values: ReadonlyMap<string, string>, shift: Shift): Record<string, string> | null {
  const chosen = [...values.keys()].filter((name) => name.startsWith("BY"));
  if (chosen.length === 0) return {};
  const byDay = values.get("BYDAY")?.split(",");
  const [from, to] = [WEEKDAYS[weekdayOf(shift.from)], WEEKDAYS[weekdayOf(shift.to)]];
  if (values.get("FREQ") === "WEEKLY" && chosen.length === 1 && from !== undefined && to !== undefined && byDay?.includes(from)) {
    return { BYDAY: [...new Set(byDay.map((day) => (day === from ? to : day)))].join(",") };
  }
  const [fromDate, toDate] = [dateOf(shift.from), dateOf(shift.to)];
  if (chosen.every((name) => name === "BYMONTHDAY" || name === "BYMONTH") && Number(values.get("BYMONTHDAY")) === Number(fromDate.slice(8))) {
    const sameMonth = fromDate.slice(5, 7) === toDate.slice(5, 7);
    return sameMonth ? { BYMONTHDAY: String(Number(toDate.slice(8))) } : null;
  }
  return null;
}

/** UNTIL moves with the series, so that no occurrence is lost at its end. */
function movedUntil(part: string, shift: Shift): string {
  const match = /^UNTIL=(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/i.exec(part);
  if (match === null) return part;
  const [, year, month, day, hours, minutes, seconds, utc = ""] = match;
  const date = `${year}-${month}-${day}`;
  const time: EventTime = hours === undefined ? { kind: "date", date } : { kind: "floating", local: `${date}T${hours}:${minutes}:${seconds}` };
  const moved = shifted(time, { ...shift, to: time, clockMs: hours === undefined ? 0 : shift.clockMs });
  return `UNTIL=${(moved.kind === "date" ? moved.date : moved.local).replace(/[-:]/g, "")}${utc.toUpperCase()}`;
}

function nameOf(part: string): string {
  return (part.split("=")[0] ?? "").trim().toUpperCase();
}
