import type { CalendarEvent } from "../../calendar-event";
import { monthRows } from "./month-rows";
import type { MonthShape } from "./month-shape";
import { type YearEvent, yearEvents } from "./year-event";

/** What a year shows. Rows, and the events in them, keep their identity until they really change. */
export interface KeptYear {
  /** What this was made of. */
  events: readonly CalendarEvent[];
  shapes: readonly MonthShape[];
  routineShown: boolean;
  /** Everything, routine too. */
  byKey: ReadonlyMap<string, YearEvent>;
  /** Per month, in the order in which they choose their lanes. */
  rows: readonly (readonly YearEvent[])[];
}

function isEqual<Fields extends object>(one: Fields, other: Fields): boolean {
  for (const field in one) if (one[field] !== other[field]) return false;
  return true;
}

function isSame(one: YearEvent, other: YearEvent): boolean {
  // What is routine depends on other events as well.
  return one.routine === other.routine && one.first === other.first && one.last === other.last && isEqual(one.event, other.event);
}

function isSameRow(one: readonly YearEvent[], other: readonly YearEvent[]): boolean {
  return one.length === other.length && one.every((event, index) => event === other[index]);
}

/**
 * The next state of a year. A live change makes new objects of everything that came with it; here
 * those that say the same as before are the same as before, so that only their own rows are drawn again.
 */
export function keepYear(
  kept: KeptYear | null,
  { events, shapes, routineShown }: Pick<KeptYear, "events" | "shapes" | "routineShown">,
): KeptYear {
  if (kept && kept.events === events && kept.shapes === shapes && kept.routineShown === routineShown) return kept;
  const current =
    kept?.events === events
      ? [...kept.byKey.values()]
      : yearEvents(events).map((event) => {
          const before = kept?.byKey.get(event.event.occurrenceKey);
          return before && isSame(before, event) ? before : event;
        });
  const shown = routineShown ? current : current.filter((event) => !event.routine);
  const rows = monthRows(shown, shapes).map((row, index) => {
    const before = kept?.rows[index];
    return before && isSameRow(before, row) ? before : row;
  });
  return { events, shapes, routineShown, byKey: new Map(current.map((event) => [event.event.occurrenceKey, event])), rows };
}
