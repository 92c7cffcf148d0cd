import { dateOfDay, DAY_MS, daysInMonth, weekdayOf } from "../rules/days";

const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/**
 * The RRULE that yields exactly these wall times, one a year in consecutive years: the same month and time of day, on a
 * weekday that is counted from the beginning or the end of the month, or on a date. Null when there is none; fewer than
 * four years show no pattern.
 */
export function yearlyPattern(wallTimes: readonly number[]): string | null {
  const [first] = wallTimes;
  if (first === undefined || wallTimes.length < 4) return null;
  const dates = wallTimes.map((wallMs) => dateOfDay(Math.floor(wallMs / DAY_MS)));
  const { year, month } = dateOfDay(Math.floor(first / DAY_MS));
  const timeOfDay = first - Math.floor(first / DAY_MS) * DAY_MS;
  const isYearly = dates.every((date, index) => date.year === year + index && date.month === month);
  if (!isYearly || wallTimes.some((wallMs) => wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS !== timeOfDay)) return null;
  const days = dates.map(({ dayOfMonth }) => dayOfMonth);
  const byMonth = `FREQ=YEARLY;BYMONTH=${month}`;
  if (days.every((day) => day === days[0])) return `${byMonth};BYMONTHDAY=${days[0]}`;
  const weekday = weekdayOf(Math.floor(first / DAY_MS));
  if (wallTimes.some((wallMs) => weekdayOf(Math.floor(wallMs / DAY_MS)) !== weekday)) return null;
  const name = WEEKDAYS[weekday] ?? "";
  if (dates.every((date) => date.dayOfMonth > daysInMonth(date.year, date.month) - 7)) return `${byMonth};BYDAY=-1${name}`;
  const nth = Math.ceil((days[0] ?? 1) / 7);
  if (days.every((day) => Math.ceil(day / 7) === nth)) return `${byMonth};BYDAY=${nth}${name}`;
  const [least, most] = [Math.min(...days), Math.max(...days)];
  // “The first Sunday from the 9th on” is one of seven days; only when all of them were seen is it certain which.
  if (most - least !== 6) return null;
  return `${byMonth};BYDAY=${name};BYMONTHDAY=${Array.from({ length: 7 }, (_, index) => least + index).join(",")}`;
}
