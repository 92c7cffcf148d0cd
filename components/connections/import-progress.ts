import type { CalendarState } from "@/components/calendar/calendars";
import { isFirstImport } from "./connection-health";

type Sync = Pick<CalendarState, "phase" | "lastSuccessAt" | "progress" | "resources">;

/** How far the first import of a connection is. */
export interface ImportProgress {
  calendars: { done: number; total: number };
  /** Events read so far, and of how many; the whole is null until every calendar has told. */
  events: { done: number; total: number | null };
}

/** The first import over all calendars of a connection; null when none is in its first import. */
export function importProgress(states: readonly Sync[]): ImportProgress | null {
  const importing = states.filter(isFirstImport);
  if (importing.length === 0) return null;
  const finished = states.filter((state) => !isFirstImport(state));
  const known = finished.reduce((sum, state) => sum + (state.resources ?? 0), 0);
  const done = importing.reduce((sum, state) => sum + (state.progress?.done ?? 0), known);
  const totals = importing.map((state) => state.progress?.total ?? null);
  const total = totals.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), known);
  return { calendars: { done: finished.length, total: states.length }, events: { done, total } };
}

/** The share that is done, 0 to 1: in events where their number is known, else in calendars; null before anything is. */
export function importShare({ calendars, events }: ImportProgress): number | null {
  if (events.total !== null && events.total > 0) return events.done / events.total;
  return calendars.done > 0 ? calendars.done / calendars.total : null;
}
