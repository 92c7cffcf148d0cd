import { Temporal } from "temporal-polyfill";
import { days, everyYear, type Day, type Stretch } from "./diary";
import { type SeedEvent } from "./shape";

const FIXED: readonly (readonly [monthDay: string, name: string])[] = [
  ["01-01", "New Year’s Day"],
  ["05-01", "Labour Day"],
  ["10-03", "Day of German Unity"],
  ["12-24", "Christmas Eve"],
  ["12-25", "Christmas Day"],
  ["12-26", "Second Day of Christmas"],
  ["12-31", "New Year’s Eve"],
];

const AROUND_EASTER: readonly (readonly [offset: number, name: string])[] = [
  [-2, "Good Friday"],
  [0, "Easter Sunday"],
  [1, "Easter Monday"],
  [39, "Ascension Day"],
  [49, "Whit Sunday"],
  [50, "Whit Monday"],
];

/** Public holidays in Germany. */
export function holidays(stretch: Stretch): SeedEvent[] {
  const fixed = FIXED.flatMap(([monthDay, name]) => everyYear(stretch, monthDay).map((day) => holiday(day, name)));
  const years = Array.from({ length: stretch.last.year - stretch.first.year + 1 }, (_, index) => stretch.first.year + index);
  const moving = years.flatMap((year) => AROUND_EASTER.map(([offset, name]) => holiday(easter(year).add({ days: offset }), name)));
  return [...fixed, ...moving].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function holiday(day: Day, name: string): SeedEvent {
  return { key: `${day.toString()}-${name.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`, title: name, ...days(day), free: true };
}

/** Easter Sunday of the Gregorian calendar, by the anonymous algorithm that Meeus prints. */
function easter(year: number): Day {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return Temporal.PlainDate.from({ year, month, day: (h + l - 7 * m + 33 * month + 19) % 32 });
}
