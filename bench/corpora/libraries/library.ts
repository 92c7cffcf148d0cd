import type { RecurrenceCase } from "../recurrence-case";

/** A recurrence library as the cases use it. */
export interface Library {
  /** The first `limit` starts of the case's window: wall times in its zone, in basic form. */
  starts(recurrence: RecurrenceCase, limit: number): string[];
  /** Counts the starts in a month (instants) of a series; undefined where the library is not built for it. */
  month(series: { rule: string; dtstart: string; tz: string; fromAt: number; toAt: number }): number;
}
