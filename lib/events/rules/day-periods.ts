import { dateOfDay, daysInMonth, daysInYear, dayOf, weekdayOf, weekStartOf } from "./days";
import { type DayLimit, dayLimit, type DayPart } from "./day-limits";
import type { RuleParts } from "./rule-parts";

/**
 * The periods of a rule that steps by days or more: the years, months, weeks or days that its INTERVAL leaves,
 * counted from 0, the one that DTSTART is in.
 */
export interface DayPeriods {
  /** The last period that begins on `day` or before it; negative before DTSTART. */
  indexOf(day: number): number;
  firstDay(index: number): number;
  /** The days in that period on which the rule has starts, ascending, without duplicates. */
  days(index: number): readonly number[];
  /** True where every period has the same number of such days. */
  even: boolean;
}

/** The periods of a DAILY, WEEKLY, MONTHLY or YEARLY rule for a series that starts on `startDay`. */
export function dayPeriods(rule: RuleParts, startDay: number): DayPeriods {
  const parts = withDayOfStart(rule, startDay);
  switch (parts.freq) {
    case "YEARLY":
      return parts.weekNumbers.length > 0 ? weekYearly(parts, startDay) : yearly(parts, startDay);
    case "MONTHLY":
      return monthly(parts, startDay);
    case "WEEKLY":
      return weekly(parts, startDay);
    case "DAILY":
    case "HOURLY":
    case "MINUTELY":
    case "SECONDLY":
      return daily(parts, startDay);
  }
}

/** What a rule leaves open is taken from DTSTART (RFC 5545 §3.3.10). */
function withDayOfStart(parts: RuleParts, startDay: number): RuleParts {
  const { freq } = parts;
  if (parts.yearDays.length > 0 || parts.monthDays.length > 0 || parts.weekdays.length > 0) return parts;
  if (freq === "WEEKLY" || (parts.weekNumbers.length > 0 && (freq === "YEARLY" || freq === "MONTHLY"))) {
    return { ...parts, weekdays: [{ weekday: weekdayOf(startDay), ordinal: null }] };
  }
  const { month, dayOfMonth } = dateOfDay(startDay);
  if (freq === "MONTHLY") return { ...parts, monthDays: [dayOfMonth] };
  if (freq !== "YEARLY") return parts;
  return { ...parts, monthDays: [dayOfMonth], months: parts.months.length > 0 ? parts.months : [month] };
}

function yearly(parts: RuleParts, startDay: number): DayPeriods {
  const startYear = dateOfDay(startDay).year;
  const months = parts.months.length > 0 ? parts.months : ALL_MONTHS;
  const countWithin = parts.months.length > 0 ? "month" : "year";
  const { candidates, satisfied } = yearCandidates(parts, months);
  const limit = dayLimit(parts, satisfied, countWithin);
  const yearOf = (index: number) => startYear + index * parts.interval;
  return {
    indexOf: (day) => Math.floor((dateOfDay(day).year - startYear) / parts.interval),
    firstDay: (index) => dayOf(yearOf(index), 1, 1),
    days: (index) => chosen(candidates(yearOf(index)), limit),
    even: false,
  };
}

/** The cheapest list that contains every day of the year which the rule can mean. */
function yearCandidates(
  parts: RuleParts,
  months: readonly number[],
): { candidates: (year: number) => number[]; satisfied: DayPart[] } {
  if (parts.yearDays.length > 0) {
    return {
      candidates: (year) => existing(parts.yearDays, dayOf(year, 1, 1), daysInYear(year), parts.skip),
      satisfied: ["yearDays"],
    };
  }
  if (parts.monthDays.length > 0) {
    return {
      candidates: (year) => months.flatMap((month) => daysOfMonth(parts, year, month)),
      satisfied: ["months", "monthDays"],
    };
  }
  return {
    candidates: (year) => months.flatMap((month) => range(dayOf(year, month, 1), daysInMonth(year, month))),
    satisfied: ["months"],
  };
}

/**
 * A year of numbered weeks ends with its last one, some days before or after December: its first week is the one that
 * January 4 is in (RFC 5545 §3.3.10, BYWEEKNO). INTERVAL counts from the one in which DTSTART is a start; where it is
 * none, which the RFC leaves undefined, from the calendar year as most implementations do.
 */
function weekYearly(parts: RuleParts, startDay: number): DayPeriods {
  const limit = dayLimit(parts, ["weekNumbers"], parts.months.length > 0 ? "month" : "year");
  const weekYearOf = (day: number) => dateOfDay(weekStartOf(day, parts.weekStart) + 3).year;
  const firstWeekOf = (year: number) => weekStartOf(dayOf(year, 1, 4), parts.weekStart);
  const daysOf = (year: number) => {
    const first = firstWeekOf(year);
    const weeks = existing(parts.weekNumbers, 0, (firstWeekOf(year + 1) - first) / 7, "omit");
    return chosen(weeks.flatMap((week) => range(first + week * 7, 7)), limit);
  };
  const weekYear = weekYearOf(startDay);
  const startYear = daysOf(weekYear).includes(startDay) ? weekYear : dateOfDay(startDay).year;
  return {
    indexOf: (day) => Math.floor((weekYearOf(day) - startYear) / parts.interval),
    firstDay: (index) => firstWeekOf(startYear + index * parts.interval),
    days: (index) => daysOf(startYear + index * parts.interval),
    even: false,
  };
}

function monthly(parts: RuleParts, startDay: number): DayPeriods {
  const start = dateOfDay(startDay);
  const startMonth = start.year * 12 + start.month - 1;
  const monthOf = (index: number) => {
    const number = startMonth + index * parts.interval;
    return { year: Math.floor(number / 12), month: (number % 12) + 1 };
  };
  const limit = dayLimit(parts, ["months", "monthDays"], "month");
  return {
    indexOf: (day) => {
      const { year, month } = dateOfDay(day);
      return Math.floor((year * 12 + month - 1 - startMonth) / parts.interval);
    },
    firstDay: (index) => {
      const { year, month } = monthOf(index);
      return dayOf(year, month, 1);
    },
    days: (index) => {
      const { year, month } = monthOf(index);
      if (parts.months.length > 0 && !parts.months.includes(month)) return [];
      const all = parts.monthDays.length > 0 ? daysOfMonth(parts, year, month) : range(dayOf(year, month, 1), daysInMonth(year, month));
      return chosen(all, limit);
    },
    even: false,
  };
}

function weekly(parts: RuleParts, startDay: number): DayPeriods {
  const firstWeek = weekStartOf(startDay, parts.weekStart);
  const limit = dayLimit(parts, [], "month");
  const step = 7 * parts.interval;
  const firstDay = (index: number) => firstWeek + index * step;
  return {
    indexOf: (day) => Math.floor((day - firstWeek) / step),
    firstDay,
    days: (index) => chosen(range(firstDay(index), 7), limit),
    even: dayLimit(parts, ["weekdays"], "month") === null,
  };
}

function daily(parts: RuleParts, startDay: number): DayPeriods {
  const limit = dayLimit(parts, [], "month");
  const firstDay = (index: number) => startDay + index * parts.interval;
  return {
    indexOf: (day) => Math.floor((day - startDay) / parts.interval),
    firstDay,
    days: (index) => {
      const day = firstDay(index);
      return limit === null || limit(day) ? [day] : [];
    },
    even: limit === null,
  };
}

const ALL_MONTHS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function daysOfMonth(parts: RuleParts, year: number, month: number): number[] {
  return existing(parts.monthDays, dayOf(year, month, 1), daysInMonth(year, month), parts.skip);
}

/** The days that the numbers name among `size` days from `first`; SKIP moves those that do not exist (RFC 7529 §4.1). */
function existing(numbers: readonly number[], first: number, size: number, skip: RuleParts["skip"]): number[] {
  const days: number[] = [];
  for (const number of numbers) {
    const offset = number > 0 ? number - 1 : size + number;
    if (offset >= 0 && offset < size) days.push(first + offset);
    else if (skip !== "omit") days.push(first + nearest(offset, size, skip));
  }
  return days;
}

/** The existing day next to a missing one: before the beginning are the last of the days before, after the end the next. */
function nearest(offset: number, size: number, skip: "backward" | "forward"): number {
  if (offset < 0) return skip === "forward" ? 0 : -1;
  return skip === "forward" ? size : size - 1;
}

function range(first: number, size: number): number[] {
  return Array.from({ length: size }, (_, index) => first + index);
}

function chosen(candidates: number[], limit: DayLimit | null): number[] {
  const days = limit === null ? candidates : candidates.filter(limit);
  if (days.every((day, index) => index === 0 || day > (days[index - 1] ?? day))) return days;
  return [...new Set(days)].sort((a, b) => a - b);
}
