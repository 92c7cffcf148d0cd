import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { basicToMs, msToBasic } from "../basic-time";
import { instantOfWall, wallOfInstant } from "../../../lib/events/time";
import type { Library } from "./library";

/** rrule-temporal: one rule at a time, several of them united here. Its cap on idle iterations counts as an end. */
export const rruleTemporal: Library = {
  starts({ rrule: rules, rdate, exdate, dtstart, tz, dateOnly, window }, limit) {
    const zone = tz ?? "UTC";
    const instant = (text: string) => (text.endsWith("Z") ? basicToMs(text) : instantOfWall(basicToMs(text), zone));
    const excluded = new Set(exdate.map(instant));
    const lines = (rule: string) => (dateOnly ? `DTSTART;VALUE=DATE:${dtstart}\nRRULE:${rule}` : `RRULE:${rule}`);
    const found = new Set<number>(rdate.map(instant));
    if (rules.length === 0) found.add(instant(dtstart));
    for (const rule of rules) {
      const series = new RRuleTemporal({
        rruleString: lines(rule),
        ...(dateOnly ? {} : { dtstart: Temporal.Instant.fromEpochMilliseconds(instant(dtstart)).toZonedDateTimeISO(zone) }),
      });
      if (window !== null) {
        for (const at of series.between(new Date(instant(window.from)), new Date(instant(window.to)), true)) found.add(at.epochMilliseconds);
        continue;
      }
      series.all((at, index) => {
        found.add(at.epochMilliseconds);
        return index + 1 < limit + excluded.size;
      });
    }
    const starts = [...found].filter((at) => !excluded.has(at)).sort((a, b) => a - b);
    return starts.slice(0, limit).map((at) => msToBasic(wallOfInstant(at, zone), dateOnly));
  },
  month({ rule, dtstart, tz, fromAt, toAt }) {
    const start = Temporal.Instant.fromEpochMilliseconds(instantOfWall(basicToMs(dtstart), tz)).toZonedDateTimeISO(tz);
    return new RRuleTemporal({ rruleString: `RRULE:${rule}`, dtstart: start }).between(new Date(fromAt), new Date(toAt - 1), true).length;
  },
};
