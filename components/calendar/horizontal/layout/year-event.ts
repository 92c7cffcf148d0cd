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

/** All-day events first, then by time, then by title: the order of a day. */
export function byTime(one: YearEvent, other: YearEvent): number {
  const allDay = Number(other.event.kind === "date") - Number(one.event.kind === "date");
  return allDay || one.event.startAt - other.event.startAt || compare(one.event.title, other.event.title) || compare(one.event.occurrenceKey, other.event.occurrenceKey);
}

/** Longer ones first, then earlier ones; a total order, so that the same events always fall the same way. */
export function byLength(one: YearEvent, other: YearEvent): number {
  return other.last - other.first - (one.last - one.first) || one.first - other.first || byTime(one, other);
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
