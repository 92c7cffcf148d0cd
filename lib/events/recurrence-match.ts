import { dateOf, localOf, recurrenceKey, wallOfInstant, instantOf } from "./time";
import type { EventTime } from "./model";

/**
 * The times that EXDATE or RECURRENCE-ID name, comparable with the starts of a series.
 *
 * Producers often write them in another form than DTSTART (a date for a timed series, UTC for a local one).
 * A form that differs is read in the terms of the series: a time for an all-day series counts as its date, a
 * date for a timed series matches whatever starts on that day, a floating time is read in the series' zone.
 */
export class StartMatcher<T> {
  private readonly byKey = new Map<string, T>();
  private readonly byDate = new Map<string, T>();

  constructor(private readonly seriesStart: EventTime) {}

  add(time: EventTime, value: T): void {
    if (time.kind === "date" && this.seriesStart.kind !== "date") this.byDate.set(time.date, value);
    else this.byKey.set(recurrenceKey(inTermsOf(time, this.seriesStart)), value);
  }

  /** What was added for the occurrence with this {@link recurrenceKey}, which starts at the wall time `wallMs`. */
  get(key: string, wallMs: number): T | undefined {
    return this.byKey.get(key) ?? (this.byDate.size > 0 ? this.byDate.get(localOf(wallMs).slice(0, 10)) : undefined);
  }
}

/**
 * `time` in the form that `seriesStart` has. A date becomes that day at the series' time of day; a zoned time
 * keeps its instant, except for a floating series, where only the digits can be meant.
 */
export function inTermsOf(time: EventTime, seriesStart: EventTime): EventTime {
  switch (seriesStart.kind) {
    case "date":
      return { kind: "date", date: dateOf(time) };
    case "floating":
      return { kind: "floating", local: time.kind === "date" ? atTimeOfDay(time.date, seriesStart.local) : time.local };
    case "zoned": {
      const { timeZone } = seriesStart;
      if (time.kind === "date") return { kind: "zoned", local: atTimeOfDay(time.date, seriesStart.local), timeZone };
      if (time.kind === "floating") return { kind: "zoned", local: time.local, timeZone };
      if (time.timeZone === timeZone) return time;
      return { kind: "zoned", local: localOf(wallOfInstant(instantOf(time, timeZone), timeZone)), timeZone };
    }
  }
}

function atTimeOfDay(date: string, local: string): string {
  return `${date}${local.slice(10)}`;
}
