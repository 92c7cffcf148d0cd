import { expand } from "../../../lib/events/expand";
import type { EventTime, UnifiedEvent } from "../../../lib/events/model";
import { event } from "../../../lib/events/testing/events";
import { instantOf, wallOfInstant } from "../../../lib/events/time";
import { basicToMs, msToBasic } from "../basic-time";
import type { Library } from "./library";

const FLOATING_ZONE = "UTC";
const EVER = { startAt: Date.UTC(1, 0, 1) - 62e12, endAt: Date.UTC(9999, 11, 31) };

export const lineartime: Library = {
  starts(recurrence, limit) {
    const timeOf = (text: string): EventTime => eventTime(text, recurrence.dateOnly, recurrence.tz);
    const { window, dateOnly, tz } = recurrence;
    const master = seriesOf(timeOf(recurrence.dtstart), recurrence.rrule, {
      rdates: recurrence.rdate.map((text) => ({ start: timeOf(text), end: null })),
      exdates: recurrence.exdate.map(timeOf),
    });
    const wanted = window === null ? EVER : { startAt: at(window.from, tz), endAt: at(window.to, tz) + 1_000 };
    const { occurrences } = expand({ master, exceptions: [] }, wanted, { floatingTimeZone: FLOATING_ZONE, limit });
    return occurrences.map(({ startAt }) => msToBasic(dateOnly ? startAt : wallOfInstant(startAt, tz ?? FLOATING_ZONE), dateOnly));
  },
  month({ rule, dtstart, tz, fromAt, toAt }) {
    const master = seriesOf(eventTime(dtstart, false, tz), [rule], { rdates: [], exdates: [] });
    return expand({ master, exceptions: [] }, { startAt: fromAt, endAt: toAt }, { floatingTimeZone: FLOATING_ZONE, limit: 1_000 }).occurrences.length;
  },
};

function seriesOf(start: EventTime, rrules: string[], more: Pick<NonNullable<UnifiedEvent["recurrence"]>, "rdates" | "exdates">): UnifiedEvent {
  // All-day or not, the length plays no part here: the shortest event keeps neighbours out of the window.
  return { ...event("2000-01-01", "2000-01-02"), start, end: start, recurrence: { rrules, ...more } };
}

function eventTime(text: string, dateOnly: boolean, tz: string | null): EventTime {
  const local = new Date(basicToMs(text)).toISOString().slice(0, 19);
  if (dateOnly || !text.includes("T")) return { kind: "date", date: local.slice(0, 10) };
  if (text.endsWith("Z")) return { kind: "zoned", local, timeZone: "UTC" };
  return tz === null ? { kind: "floating", local } : { kind: "zoned", local, timeZone: tz };
}

function at(text: string, tz: string | null): number {
  return instantOf(eventTime(text, false, tz), FLOATING_ZONE);
}
