const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function shortDate(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(at);
}

/** A distance in time with one unit. Seconds go in steps of ten: a number that never rests helps nobody. */
function distance(ms: number): string {
  if (ms < MINUTE) return `${Math.max(1, Math.floor(ms / (10 * SECOND))) * 10} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return `${Math.floor(ms / HOUR)} h`;
}

/** How long ago: `now`, `20 s`, `4 min`, `3 h`, and from a day on the date (`8 Jun`). */
export function agoShort(at: number, now: number, locale: string): string {
  const passed = now - at;
  if (passed < 10 * SECOND) return "now";
  return passed < DAY ? distance(passed) : shortDate(at, locale);
}

/** The same in a sentence: `just now`, `20 s ago`, `on 8 Jun`. */
export function agoLong(at: number, now: number, locale: string): string {
  const passed = now - at;
  if (passed < 10 * SECOND) return "just now";
  return passed < DAY ? `${distance(passed)} ago` : `on ${shortDate(at, locale)}`;
}

/** When something is due: `in 4 min`, `on 8 Jun`, and `any moment` once its time has come. */
export function until(at: number, now: number, locale: string): string {
  const left = at - now;
  if (left <= 5 * SECOND) return "any moment";
  return left < DAY ? `in ${distance(left)}` : `on ${shortDate(at, locale)}`;
}
