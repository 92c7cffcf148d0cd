import { RRuleTemporal } from "rrule-temporal";
import { toText } from "rrule-temporal/totext";
import { dateOf } from "./time";
import type { EventTime, Recurrence } from "./model";

/**
 * A recurrence in words: "Every week on Monday, except 2 dates". The time of day is left out: the event
 * shows it. A rule that cannot be put into words only says that the event repeats.
 */
export function recurrenceText(recurrence: Recurrence, start: EventTime): string {
  const parts = recurrence.rrules.map((rule) => ruleText(rule, start));
  if (recurrence.rdates.length > 0) parts.push(`on ${count(recurrence.rdates.length, "extra date")}`);
  const text = parts.join(" and ");
  const except =
    recurrence.exdates.length > 0 ? `, except ${count(recurrence.exdates.length, "date")}` : "";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${except}`;
}

function ruleText(rule: string, start: EventTime): string {
  const day = dateOf(start).replaceAll("-", "");
  const dateOnly = rule.replace(/(UNTIL=\d{8})T\d{6}Z?/i, "$1");
  try {
    return toText(new RRuleTemporal({ rruleString: `DTSTART;VALUE=DATE:${day}\nRRULE:${dateOnly}` }));
  } catch {
    return "repeats by a rule of its own";
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
