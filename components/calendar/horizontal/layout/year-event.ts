import type { CalendarEvent } from "../../calendar-event";
import { type DaySpan, daySpan, localOffset } from "./day-span";
import type { EpochDay } from "./epoch-day";
import { isRoutine, routineSeries } from "./routine";

/** An event with its days, and whether it is routine. */
export interface YearEvent extends DaySpan {
  event: CalendarEvent;
  routine: boolean;
}

const described = new WeakMap<readonly CalendarEvent[], readonly YearEvent[]>();

/** Describes events on the wall of the browser; asked again for the same list, it answers at once. */
export function yearEvents(events: readonly CalendarEvent[]): readonly YearEvent[] {
  const known = described.get(events);
  if (known) return known;
  const series = routineSeries(events);
  const result = events.map((event) => ({ event, ...daySpan(event, localOffset), routine: isRoutine(event, series) }));
  described.set(events, result);
  return result;
}

/** Whether an event touches any of the days; both ends are included. */
export function touches(span: DaySpan, first: EpochDay, last: EpochDay): boolean {
  return span.first <= last && span.last >= first;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The order of a day: all-day events, then by time. No two events are equal in it. */
export function byTime({ event: one }: YearEvent, { event: other }: YearEvent): number {
  return (
    Number(other.kind === "date") - Number(one.kind === "date") ||
    one.startAt - other.startAt ||
    compare(one.title, other.title) ||
    compare(one.occurrenceKey, other.occurrenceKey)
  );
}

/** The order in which events choose their lanes: longer ones first, then earlier ones, the same in every month. */
export function byLength(one: YearEvent, other: YearEvent): number {
  return other.last - other.first - (one.last - one.first) || one.first - other.first || byTime(one, other);
}

/** The events of one day, in the order of the day. */
export function eventsOn(events: readonly YearEvent[], day: EpochDay): YearEvent[] {
  return events.filter((event) => touches(event, day, day)).sort(byTime);
}
