import type { CalendarEvent } from "../../calendar-event";
import { DAY_MS } from "./epoch-day";

type Repeating = Pick<CalendarEvent, "eventId" | "recurring" | "startAt" | "endAt">;

/** What takes this long or longer is no routine, however often it comes. */
const SHORT_MS = 2 * 60 * 60 * 1000;

/** Fewer than these tell nothing about a rhythm. */
const LEAST_OCCURRENCES = 4;

/** A week, and the hours that a change of clocks or a moved occurrence may add. */
const WEEK_MS = 7 * DAY_MS + DAY_MS / 2;

function medianGap(starts: readonly number[]): number {
  const sorted = [...starts].sort((one, other) => one - other);
  const gaps = sorted.slice(1).map((start, index) => start - (sorted[index] ?? start));
  gaps.sort((one, other) => one - other);
  return gaps[Math.floor(gaps.length / 2)] ?? Infinity;
}

/**
 * The series that are routine: under two hours, and at least weekly. The rhythm is what is usual
 * between the occurrences given, so that a skipped holiday does not change it.
 */
export function routineSeries(events: readonly Repeating[]): ReadonlySet<Repeating["eventId"]> {
  const starts = new Map<Repeating["eventId"], number[]>();
  for (const { eventId, recurring, startAt, endAt } of events) {
    if (!recurring || endAt - startAt >= SHORT_MS) continue;
    const known = starts.get(eventId);
    if (known) known.push(startAt);
    else starts.set(eventId, [startAt]);
  }
  const routine = new Set<Repeating["eventId"]>();
  for (const [eventId, times] of starts) {
    if (times.length >= LEAST_OCCURRENCES && medianGap(times) <= WEEK_MS) routine.add(eventId);
  }
  return routine;
}

/** Whether this occurrence of a routine series is itself as short as the others. */
export function isRoutine(event: Repeating, series: ReadonlySet<Repeating["eventId"]>): boolean {
  return event.recurring && event.endAt - event.startAt < SHORT_MS && series.has(event.eventId);
}
