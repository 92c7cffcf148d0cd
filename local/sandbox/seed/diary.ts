import { Temporal } from "temporal-polyfill";
import { type EventTime } from "../../../lib/events/model";
import { type SeededRandom } from "../random";
import { type SeedEvent, type SeedException } from "./shape";

export type Day = Temporal.PlainDate;

/** The stretch of time that is written down: the year of `today`, with what comes before and after it. */
export interface Stretch {
  today: Day;
  /** Both included. */
  first: Day;
  last: Day;
}

export function stretchAround(today: string): Stretch {
  const day = Temporal.PlainDate.from(today);
  const newYear = day.with({ month: 1, day: 1 });
  return { today: day, first: newYear.subtract({ months: 2 }), last: newYear.add({ months: 16 }) };
}

/** Start and end of something that takes `minutes`. */
export function at(day: Day, time: string, minutes: number, timeZone: string): Pick<SeedEvent, "start" | "end"> {
  const start = day.toPlainDateTime(Temporal.PlainTime.from(time));
  return { start: wall(start, timeZone), end: wall(start.add({ minutes }), timeZone) };
}

/** Start and end of something that takes whole days. */
export function days(first: Day, count = 1): Pick<SeedEvent, "start" | "end"> {
  return { start: { kind: "date", date: first.toString() }, end: { kind: "date", date: first.add({ days: count }).toString() } };
}

function wall(time: Temporal.PlainDateTime, timeZone: string): EventTime {
  return { kind: "zoned", local: time.toString({ smallestUnit: "second" }), timeZone };
}

/** The first such weekday (1 is Monday) on or after a day. */
export function weekdayFrom(day: Day, weekday: number): Day {
  return day.add({ days: (weekday - day.dayOfWeek + 7) % 7 });
}

/** The date `MM-DD` in each year of the stretch, where it lies in it. */
export function everyYear({ first, last }: Stretch, monthDay: string): Day[] {
  return Array.from({ length: last.year - first.year + 1 }, (_, index) => Temporal.PlainDate.from(`${first.year + index}-${monthDay}`)).filter(
    (day) => Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, last) <= 0,
  );
}

/** All Mondays of the stretch. */
export function weeksOf({ first, last }: Stretch): Day[] {
  const weeks: Day[] = [];
  for (let monday = weekdayFrom(first, 1); Temporal.PlainDate.compare(monday, last) <= 0; monday = monday.add({ weeks: 1 })) weeks.push(monday);
  return weeks;
}

/** A meeting that comes every so many weeks, of which some were moved and some did not happen. */
export interface Weekly {
  key: string;
  title: string;
  /** 1 is Monday. */
  weekday: number;
  time: string;
  minutes: number;
  timeZone: string;
  everyWeeks?: number;
  /** Weekdays of the rule where there are several: `MO,TU`. */
  byDay?: string;
  /** Shares of occurrences that were moved by a day, and that were cancelled. */
  moved?: number;
  cancelled?: number;
  details?: Partial<SeedEvent>;
}

export function weekly(stretch: Stretch, random: SeededRandom, series: Weekly): SeedEvent {
  const { weekday, time, minutes, timeZone, everyWeeks = 1, byDay } = series;
  const first = weekdayFrom(stretch.first, weekday);
  const interval = everyWeeks === 1 ? "" : `;INTERVAL=${everyWeeks}`;
  const exceptions: SeedException[] = [];
  for (let day = first; Temporal.PlainDate.compare(day, stretch.last) <= 0; day = day.add({ weeks: everyWeeks })) {
    const original = at(day, time, minutes, timeZone).start;
    if (random.chance(series.cancelled ?? 0)) exceptions.push({ original, change: "cancelled" });
    else if (random.chance(series.moved ?? 0)) {
      const later = Temporal.PlainTime.from(time).add({ minutes: 30 * random.between(1, 4) }).toString({ smallestUnit: "minute" });
      exceptions.push({ original, change: at(day.add({ days: random.between(0, 1) }), later, minutes, timeZone) });
    }
  }
  return {
    key: series.key,
    title: series.title,
    ...at(first, time, minutes, timeZone),
    recurrence: [`RRULE:FREQ=WEEKLY${interval}${byDay === undefined ? "" : `;BYDAY=${byDay}`}`],
    exceptions,
    ...series.details,
  };
}

/** Picks one of a list. */
export function pick<const Values extends readonly [unknown, ...unknown[]]>(random: SeededRandom, from: Values): Values[number] {
  return from[random.between(0, from.length - 1)];
}
