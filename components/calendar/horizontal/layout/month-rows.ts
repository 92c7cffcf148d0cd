import type { EpochDay } from "./epoch-day";
import { fromEpochDay } from "./epoch-day";
import { byLength, touches, type YearEvent } from "./year-event";
import type { MonthShape } from "./month-shape";

/** The events of each month, longer ones first. One that crosses months is in each of them. */
export function monthRows(events: readonly YearEvent[], shapes: readonly MonthShape[]): YearEvent[][] {
  const rows: YearEvent[][] = shapes.map(() => []);
  const begin = shapes[0];
  const end = shapes.at(-1);
  if (!begin || !end) return rows;
  const lastOfYear = end.first + end.days - 1;
  for (const event of events) {
    if (!touches(event, begin.first, lastOfYear)) continue;
    const from = event.first <= begin.first ? 0 : rowOf(event.first);
    const to = event.last >= lastOfYear ? shapes.length - 1 : rowOf(event.last);
    for (let row = from; row <= to; row++) rows[row]?.push(event);
  }
  for (const row of rows) row.sort(byLength);
  return rows;

  function rowOf(day: EpochDay): number {
    let row = shapes.length - 1;
    while (row > 0 && day < (shapes[row]?.first ?? 0)) row--;
    return row;
  }
}

/** The events of one day, in the order of the day. */
export function eventsOn(events: readonly YearEvent[], day: EpochDay): YearEvent[] {
  return events.filter((event) => touches(event, day, day)).sort((one, other) => byDay(one, other));

  function byDay(one: YearEvent, other: YearEvent): number {
    const spanning = Number(other.first < other.last) - Number(one.first < one.last);
    return spanning || one.event.startAt - other.event.startAt || (one.event.title < other.event.title ? -1 : 1);
  }
}

/** For tests and labels: the days of an event as dates. */
export function datesOf({ first, last }: YearEvent): [string, string] {
  return [fromEpochDay(first), fromEpochDay(last)];
}
