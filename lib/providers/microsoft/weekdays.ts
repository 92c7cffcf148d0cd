const DAYS = [
  ["sunday", "SU"], ["monday", "MO"], ["tuesday", "TU"], ["wednesday", "WE"], ["thursday", "TH"], ["friday", "FR"], ["saturday", "SA"],
] as const;

/** `monday` → `MO`, whatever the letter case; null for other words. */
export function rruleDay(graphDay: string): string | null {
  return DAYS.find(([name]) => name === graphDay.toLowerCase())?.[1] ?? null;
}

/** `MO` → `monday`; null for other words. */
export function graphDay(rruleDay: string): string | null {
  return DAYS.find(([, day]) => day === rruleDay)?.[0] ?? null;
}

/** Graph's `weekIndex` and BYSETPOS for the same. */
export const INDEXES = [["first", 1], ["second", 2], ["third", 3], ["fourth", 4], ["last", -1]] as const;
