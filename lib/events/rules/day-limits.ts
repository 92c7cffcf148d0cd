import { type CivilDate, dateOfDay, daysInMonth, daysInYear, dayOf, weekdayOf, weekOf } from "./days";
import type { RuleParts, WeekdayItem } from "./rule-parts";

/** The parts of a rule that choose days. */
export type DayPart = "months" | "weekNumbers" | "yearDays" | "monthDays" | "weekdays";

/** Whether a day is one that the rule allows. */
export type DayLimit = (day: number) => boolean;

const DAY_PARTS: readonly DayPart[] = ["months", "yearDays", "monthDays", "weekdays", "weekNumbers"];

/**
 * The days that all parts of the rule allow together, apart from those in `satisfied`; null where nothing limits them.
 * `countWithin` is what an ordinal in BYDAY counts in.
 */
export function dayLimit(parts: RuleParts, satisfied: readonly DayPart[], countWithin: "month" | "year"): DayLimit | null {
  const present = DAY_PARTS.filter((part) => parts[part].length > 0 && !satisfied.includes(part));
  const counted = parts.weekdays.some(({ ordinal }) => ordinal !== null);
  const plainWeekdays = new Set(parts.weekdays.filter(({ ordinal }) => ordinal === null).map(({ weekday }) => weekday));
  const needsDate = present.some((part) => part !== "weekNumbers" && (part !== "weekdays" || counted));
  const tests = present.map((part): ((day: number, date: CivilDate) => boolean) => {
    switch (part) {
      case "months":
        return (_, { month }) => parts.months.includes(month);
      case "yearDays":
        return (day, { year }) => hasFromEitherEnd(parts.yearDays, day - dayOf(year, 1, 1) + 1, daysInYear(year));
      case "monthDays":
        return (_, { year, month, dayOfMonth }) => hasFromEitherEnd(parts.monthDays, dayOfMonth, daysInMonth(year, month));
      case "weekNumbers":
        return (day) => {
          const { number, count } = weekOf(day, parts.weekStart);
          return hasFromEitherEnd(parts.weekNumbers, number, count);
        };
      case "weekdays":
        if (!counted) return (day) => plainWeekdays.has(weekdayOf(day));
        return (day, date) => parts.weekdays.some((item) => isNthWeekday(item, day, date, countWithin));
    }
  });
  if (tests.length === 0) return null;
  return (day) => {
    const date = needsDate ? dateOfDay(day) : UNUSED;
    return tests.every((test) => test(day, date));
  };
}

const UNUSED: CivilDate = { year: 0, month: 0, dayOfMonth: 0 };

/** Whether the list has the number, or its negative counterpart that counts `size` back from the end. */
function hasFromEitherEnd(list: readonly number[], number: number, size: number): boolean {
  return list.includes(number) || list.includes(number - size - 1);
}

function isNthWeekday(item: WeekdayItem, day: number, date: CivilDate, within: "month" | "year"): boolean {
  if (weekdayOf(day) !== item.weekday) return false;
  if (item.ordinal === null) return true;
  const place = within === "month" ? date.dayOfMonth : day - dayOf(date.year, 1, 1) + 1;
  const size = within === "month" ? daysInMonth(date.year, date.month) : daysInYear(date.year);
  return item.ordinal > 0 ? Math.ceil(place / 7) === item.ordinal : Math.ceil((size - place + 1) / 7) === -item.ordinal;
}
