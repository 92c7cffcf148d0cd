/** A date with no time and no zone, `YYYY-MM-DD`. These sort and compare as strings. */
export type PlainDate = string;

const DAY_MS = 86_400_000;

/** Midnight UTC of the date, in epoch milliseconds: for arithmetic and for `Intl` with `timeZone: "UTC"`. */
export function toUtc(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The UTC date of an instant in epoch milliseconds. */
export function fromUtc(ms: number): PlainDate {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Whether a text is a date that exists (`2026-02-30` does not). */
export function isPlainDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toUtc(text)) && fromUtc(toUtc(text)) === text;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return fromUtc(toUtc(date) + days * DAY_MS);
}

/** The whole days from one date to another. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS);
}

/** The same day of another month; the last of it where the month is too short. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return fromUtc(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: PlainDate): number {
  return new Date(toUtc(date)).getUTCDay();
}

export function startOfMonth(date: PlainDate): PlainDate {
  return `${date.slice(0, 7)}-01`;
}

/** The first day of the date's week, which begins on `firstDay` (0 = Sunday). */
export function startOfWeek(date: PlainDate, firstDay: number): PlainDate {
  return addDays(date, -((weekday(date) - firstDay + 7) % 7));
}

/** The ISO 8601 week number: that of the week's Thursday. */
export function isoWeek(date: PlainDate): number {
  const thursday = addDays(startOfWeek(date, 1), 3);
  return Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
}
