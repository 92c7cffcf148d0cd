import { fromUtc, type PlainDate, toUtc } from "../../dates/plain-date";

/** The length of a day in UTC. */
export const DAY_MS = 86_400_000;

/** A date as the number of days since 1 January 1970: cheap to compare and to count with. */
export type EpochDay = number;

export function toEpochDay(date: PlainDate): EpochDay {
  return toUtc(date) / DAY_MS;
}

export function fromEpochDay(day: EpochDay): PlainDate {
  return fromUtc(day * DAY_MS);
}
