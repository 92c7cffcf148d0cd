/** `YYYYMMDD[THHMMSS][Z]` as if it were UTC, in milliseconds. */
export function basicToMs(text: string): number {
  const at = (from: number, to: number) => Number(text.slice(from, to) || 0);
  return Date.UTC(at(0, 4), at(4, 6) - 1, at(6, 8), at(9, 11), at(11, 13), at(13, 15));
}

/** The inverse: a date for an all-day series, otherwise a date and time. */
export function msToBasic(ms: number, dateOnly: boolean): string {
  const digits = new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "");
  return dateOnly ? digits.slice(0, 8) : digits;
}
