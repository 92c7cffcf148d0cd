interface Wall {
  locale: string;
  /** IANA; the browser's own zone when left out. */
  timeZone?: string;
}

function formatter({ locale, timeZone }: Wall): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { timeZone, hour: "numeric", minute: "2-digit" });
}

/** Browsers pad the hour of a range but not always that of a time: here 9:00 is 9:00 everywhere. */
function join(parts: readonly Intl.DateTimeFormatPart[]): string {
  return parts
    .map(({ type, value }) => (type === "hour" ? value.replace(/^0(?=\d)/, "") : value))
    .join("")
    .replaceAll(/\s*–\s*/g, "–")
    .replaceAll(/\s/g, "\u00a0")
    .trim();
}

/** A time of day: `9:00`, `9:00 AM`. */
export function clockTime(at: number, wall: Wall): string {
  return join(formatter(wall).formatToParts(at));
}

/** A time of day without AM or PM, for where the day's half is plain from what is around it. */
export function bareClockTime(at: number, wall: Wall): string {
  const parts = formatter(wall).formatToParts(at);
  return join(parts.filter(({ type }) => type !== "dayPeriod"));
}

/** A full hour in as few letters as the viewer's clock allows: `9:00`, `9 AM`. */
export function hourLabel(at: number, wall: Wall): string {
  const hours = new Intl.DateTimeFormat(wall.locale, { timeZone: wall.timeZone, hour: "numeric" });
  return hours.resolvedOptions().hour12 ? join(hours.formatToParts(at)) : clockTime(at, wall);
}

/** From one time of day to another, within a day or over one midnight: `9:00–10:30`, `9:00–10:30 AM`. */
export function clockRange(from: number, to: number, wall: Wall): string {
  const range = join(formatter(wall).formatRangeToParts(from, to));
  // Over midnight the browser adds the dates, which are said elsewhere.
  const isSameDay = !/\d{4}/.test(range);
  return isSameDay ? range : `${clockTime(from, wall)}–${clockTime(to, wall)}`;
}

/** What the clock on the wall is called at an instant: `CEST`, `GMT+9`. */
export function zoneName(at: number, { locale, timeZone }: Wall): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
