import ICAL from "ical.js";
import { instantOfWall, wallOfInstant } from "../../../lib/events/time";
import { basicToMs, msToBasic } from "../basic-time";
import type { Library } from "./library";

/** ical.js: its iterator for one rule, on wall times without a zone, with UNTIL brought to the same clock. */
export const icalJs: Library = {
  starts({ rrule: rules, rdate, exdate, dtstart, tz, dateOnly, window }, limit) {
    const wall = (text: string) => (text.endsWith("Z") && tz !== null ? wallOfInstant(basicToMs(text), tz) : basicToMs(text));
    const excluded = new Set(exdate.map(wall));
    const from = window === null ? -Infinity : wall(window.from);
    const to = window === null ? Infinity : wall(window.to);
    const isWanted = (ms: number) => ms >= from && ms <= to && !excluded.has(ms);
    const found = new Set<number>([...rdate.map(wall), ...(rules.length === 0 ? [wall(dtstart)] : [])].filter(isWanted));
    for (const rule of rules) {
      const iterator = recurOf(rule, wall, dateOnly).iterator(timeOf(dtstart, dateOnly));
      let taken = 0;
      for (let next = iterator.next(); next !== null && next !== undefined && taken < limit; next = iterator.next()) {
        const ms = basicToMs(basic(next));
        if (ms > to) break;
        if (!isWanted(ms)) continue;
        found.add(ms);
        taken += 1;
      }
    }
    return [...found].sort((a, b) => a - b).slice(0, limit).map((ms) => msToBasic(ms, dateOnly));
  },
  month({ rule, dtstart, tz, fromAt, toAt }) {
    const iterator = ICAL.Recur.fromString(rule).iterator(timeOf(dtstart, false));
    let found = 0;
    for (let next = iterator.next(); next; next = iterator.next()) {
      const at = instantOfWall(basicToMs(basic(next)), tz);
      if (at >= toAt) break;
      if (at >= fromAt) found += 1;
    }
    return found;
  },
};

function recurOf(rule: string, wall: (text: string) => number, dateOnly: boolean): ICAL.Recur {
  return ICAL.Recur.fromString(rule.replace(/UNTIL=(\w+)/, (_, until: string) => `UNTIL=${msToBasic(wall(until), dateOnly || until.length === 8)}`));
}

function timeOf(text: string, dateOnly: boolean): ICAL.Time {
  const iso = new Date(basicToMs(text)).toISOString();
  return dateOnly ? ICAL.Time.fromDateString(iso.slice(0, 10)) : ICAL.Time.fromDateTimeString(iso.slice(0, 19));
}

function basic(time: ICAL.Time): string {
  return time.toICALString();
}
