import rruleModule from "rrule";
import { instantOfWall, wallOfInstant } from "../../../lib/events/time";
import { basicToMs, msToBasic } from "../basic-time";
import type { Library } from "./library";

const { RRule, RRuleSet, datetime } = rruleModule;

/**
 * rrule at its best: without a zone, on wall times written as if they were UTC (its own TZID support takes thousands
 * of times longer), with UNTIL brought to the same clock. Its documentation recommends it.
 */
export const rrule: Library = {
  starts({ rrule: rules, rdate, exdate, dtstart, tz, dateOnly, window }, limit) {
    const wall = (text: string) => new Date(text.endsWith("Z") && tz !== null ? wallOfInstant(basicToMs(text), tz) : basicToMs(text));
    const start = wall(dtstart);
    const set = new RRuleSet(true);
    for (const text of rules) {
      const options = RRule.parseString(text);
      const until = /UNTIL=(\w+)/.exec(text)?.[1];
      set.rrule(new RRule({ ...options, dtstart: start, ...(until === undefined ? {} : { until: wall(until) }) }, true));
    }
    if (rules.length === 0) set.rdate(start);
    for (const text of rdate) set.rdate(wall(text));
    for (const text of exdate) set.exdate(wall(text));
    const found: Date[] = [];
    const take = (date: Date) => found.push(date) < limit;
    if (window === null) set.all(take);
    else set.between(wall(window.from), wall(window.to), true, take);
    return found.slice(0, limit).map((date) => msToBasic(date.getTime(), dateOnly));
  },
  month({ rule, dtstart, tz, fromAt, toAt }) {
    const at = new Date(basicToMs(dtstart));
    const start = datetime(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), 0);
    const series = new RRule({ ...RRule.parseString(rule), dtstart: start }, true);
    const walls = series.between(new Date(wallOfInstant(fromAt, tz)), new Date(wallOfInstant(toAt - 1, tz)), true);
    return walls.map((date) => instantOfWall(date.getTime(), tz)).length;
  },
};
