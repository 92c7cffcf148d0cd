import { BLANK_EVENT } from "../blank-event";
import { type ExpandOptions, type ExpandWindow, expand, type Occurrence } from "../expand";
import type { Attendee, EventTime, Recurrence, UnifiedEvent } from "../model";

/** `2026-03-01` → date, `… @Europe/Berlin` → zoned, `…Z` → UTC, otherwise floating. */
export function time(text: string): EventTime {
  const [local = "", timeZone] = text.split(" @");
  if (!local.includes("T")) return { kind: "date", date: local };
  const full = (value: string) => (value.length === 16 ? `${value}:00` : value);
  if (local.endsWith("Z")) return { kind: "zoned", local: full(local.slice(0, -1)), timeZone: "UTC" };
  return timeZone === undefined ? { kind: "floating", local: full(local) } : { kind: "zoned", local: full(local), timeZone };
}

/** What an attendee is when a test says nothing: somebody who was asked and accepted. */
export const ATTENDEE: Omit<Attendee, "name" | "email"> = {
  response: "accepted",
  role: "required",
  kind: "individual",
  comment: null,
  additionalGuests: 0,
};

/** An event with ordinary values wherever a test says nothing. */
export function event(start: string, end: string, more: Partial<UnifiedEvent> = {}): UnifiedEvent {
  return { ...BLANK_EVENT, iCalUID: "uid-1", recurrenceId: null, title: "Event", start: time(start), end: time(end), sequence: 0, ...more };
}

export function recurrence(rrules: string[], more: Partial<Recurrence> = {}): { recurrence: Recurrence } {
  return { recurrence: { rrules, rdates: [], exdates: [], ...more } };
}

/** Half-open, from dates or ISO instants. */
export function windowOf(from: string, to: string): ExpandWindow {
  return { startAt: Date.parse(from), endAt: Date.parse(to) };
}

/** A year around the tests' dates. */
export const YEAR_2026 = windowOf("2026-01-01", "2027-01-01");

export function occurrencesOf(
  master: UnifiedEvent | null,
  exceptions: readonly UnifiedEvent[] = [],
  window: ExpandWindow = YEAR_2026,
  options: Partial<ExpandOptions> = {},
): Occurrence[] {
  return expand({ master, exceptions }, window, { floatingTimeZone: "UTC", limit: 1_000, ...options }).occurrences;
}

/** What clocks show at the start of each occurrence. */
export function starts(occurrences: readonly Occurrence[]): string[] {
  return occurrences.map(({ start }) => (start.kind === "date" ? start.date : start.local));
}
