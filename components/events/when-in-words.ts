import { addDays, daysBetween, fromUtc, type PlainDate } from "@/components/calendar/dates/plain-date";
import { clockRange, clockTime } from "@/components/time/clock";

/** When an occurrence takes place, as tiles describe it. */
export interface When {
  kind: "date" | "zoned" | "floating";
  /** Epoch milliseconds; of `date` and `floating` the wall time as if it were UTC. The end is exclusive. */
  startAt: number;
  endAt: number;
}

interface Reader {
  locale: string;
  /** Where the reader is, IANA. */
  timeZone: string;
  /** Where the event was written down, when that is known. */
  eventTimeZone: string | null;
  /** Today where the reader is. */
  today: PlainDate;
}

export interface WhenWords {
  /** The day or days. */
  days: string;
  /** The hours and how long that is; `All day` and how many days. */
  hours: string;
  /** `today`, `in 11 days`. */
  distance: string;
  /** The same hours where the event was written, if clocks differ there; or that it floats. */
  elsewhere: string | null;
}

const MINUTE = 60_000;

/** `45 min`, `1 h 30 min`, `2 days 3 h`. */
export function durationInWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  const parts = [
    [Math.floor(minutes / 1440), minutes >= 2880 ? "days" : "day"],
    [Math.floor((minutes % 1440) / 60), "h"],
    [minutes % 60, "min"],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return said.slice(0, 2).join(" ");
}

function formatter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(locale, { timeZone, ...options });
}

const LONG_DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const SHORT_DAY = { weekday: "short", day: "numeric", month: "long", year: "numeric" } as const;

/** The date on the wall of a zone at an instant. */
function wallDate(at: number, timeZone: string): PlainDate {
  const parts = formatter("en-CA", timeZone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

function distanceInWords(from: PlainDate, today: PlainDate, locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(daysBetween(today, from), "day");
}

function timedInWords(startAt: number, endAt: number, timeZone: string, locale: string) {
  const wall = { locale, timeZone };
  const length = endAt > startAt ? durationInWords(endAt - startAt) : null;
  // An evening that ends at midnight belongs to one day.
  const lastMoment = Math.max(startAt, endAt - 1);
  if (wallDate(startAt, timeZone) === wallDate(lastMoment, timeZone)) {
    const hours = length === null ? clockTime(startAt, wall) : clockRange(startAt, endAt, wall);
    return { days: formatter(locale, timeZone, LONG_DAY).format(startAt), hours, length };
  }
  const day = formatter(locale, timeZone, { weekday: "short", day: "numeric", month: "short" });
  const edge = (at: number) => `${day.format(at)}, ${clockTime(at, wall)}`;
  return {
    days: formatter(locale, timeZone, SHORT_DAY).formatRange(startAt, lastMoment),
    hours: `${edge(startAt)} – ${edge(endAt)}`,
    length,
  };
}

function offsetOf(at: number, timeZone: string, locale: string): string {
  const parts = formatter(locale, timeZone, { timeZoneName: "longOffset" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

function elsewhereInWords({ startAt, endAt }: When, { locale, timeZone, eventTimeZone }: Reader): string | null {
  if (eventTimeZone === null || offsetOf(startAt, eventTimeZone, locale) === offsetOf(startAt, timeZone, locale)) return null;
  const sameDay = wallDate(startAt, eventTimeZone) === wallDate(startAt, timeZone);
  const wall = { locale, timeZone: eventTimeZone };
  const day = sameDay ? "" : `${formatter(locale, eventTimeZone, { weekday: "short" }).format(startAt)} `;
  const hours = endAt > startAt ? clockRange(startAt, endAt, wall) : clockTime(startAt, wall);
  const city = eventTimeZone.split("/").at(-1)?.replaceAll("_", " ") ?? eventTimeZone;
  const offset = formatter(locale, eventTimeZone, { timeZoneName: "shortOffset" })
    .formatToParts(startAt)
    .find((part) => part.type === "timeZoneName")?.value;
  return `${day}${hours} in ${city}${offset && offset !== city ? ` (${offset})` : ""}`;
}

/** Says when an occurrence takes place, for one reader. */
export function whenInWords(when: When, reader: Reader): WhenWords {
  const { locale, today } = reader;
  const { startAt, endAt } = when;
  if (when.kind === "date") {
    const start = fromUtc(startAt);
    const count = Math.max(1, daysBetween(start, fromUtc(endAt)));
    const last = addDays(start, count - 1);
    const day = formatter(locale, "UTC", count === 1 ? LONG_DAY : SHORT_DAY);
    return {
      days: day.formatRange(Date.parse(start), Date.parse(last)),
      hours: count === 1 ? "All day" : `All day · ${count} days`,
      distance: distanceInWords(start, today, locale),
      elsewhere: null,
    };
  }
  const floats = when.kind === "floating";
  const zone = floats ? "UTC" : reader.timeZone;
  const { days, hours, length } = timedInWords(startAt, endAt, zone, locale);
  return {
    days,
    hours: length === null ? hours : `${hours} · ${length}`,
    distance: distanceInWords(wallDate(startAt, zone), today, locale),
    elsewhere: floats ? "The same wall time in every time zone" : elsewhereInWords(when, reader),
  };
}
