/**
 * Plain arithmetic on days of the proleptic Gregorian calendar, numbered from 1970-01-01 = 0: no zone, no Date
 * objects. Months and days of the month count from 1; weekdays from Sunday = 0.
 */
export interface CivilDate {
  year: number;
  month: number;
  dayOfMonth: number;
}

export const DAY_MS = 86_400_000;
/** Days of an era of 400 years, after which the calendar repeats. */
const ERA_DAYS = 146_097;
/** From 0000-03-01 to 1970-01-01. */
const EPOCH_OFFSET = 719_468;

/** Years are counted from March here, so that the leap day is the last of its year. */
export function dayOf(year: number, month: number, dayOfMonth: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth - 1;
  return era * ERA_DAYS + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - EPOCH_OFFSET;
}

/** The inverse of {@link dayOf}. */
export function dateOfDay(day: number): CivilDate {
  const shifted = day + EPOCH_OFFSET;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInYear(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The first day of the week that contains `day`. */
export function weekStartOf(day: number, firstWeekday: number): number {
  return day - ((weekdayOf(day) - firstWeekday + 7) % 7);
}

/** The week of the year that `day` is in, and how many its year has. Week 1 has at least four days in its year (RFC 5545 §3.3.10). */
export function weekOf(day: number, firstWeekday: number): { number: number; count: number } {
  const start = weekStartOf(day, firstWeekday);
  const { year } = dateOfDay(start + 3);
  const first = weekStartOf(dayOf(year, 1, 4), firstWeekday);
  const next = weekStartOf(dayOf(year + 1, 1, 4), firstWeekday);
  return { number: (start - first) / 7 + 1, count: (next - first) / 7 };
}
