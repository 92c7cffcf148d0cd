import { BLANK_EVENT } from "../../../../../lib/events/blank-event";
import { expand, type Occurrence } from "../../../../../lib/events/expand";
import { type EventTime, type UnifiedEvent } from "../../../../../lib/events/model";
import { instantOf, recurrenceKey } from "../../../../../lib/events/time";
import { type StoredEvent } from "../model";
import { readRecurrence } from "./recurrence-lines";

/** Half-open, epoch milliseconds; null is unbounded. */
export interface Window {
  timeMin: number | null;
  timeMax: number | null;
}

/** Of a series without an end, this many instances are told at most where nobody says when to stop. */
const MOST_INSTANCES = 730;
/** Unbounded means: as far as anybody plans. */
const FAR_MS = Date.UTC(2100, 0, 1);

/** The id of an instance: its master's, and its original start in UTC. */
export function instanceId(masterId: string, originalStart: EventTime): string {
  return `${masterId}_${recurrenceKey(originalStart).replaceAll(/[-:]/g, "")}`;
}

/** The master's id and the original start that an instance's id names. Null for what is no instance's. */
export function readInstanceId(id: string): { masterId: string; key: string } | null {
  const [, masterId, day, time] = /^(.+)_(\d{8})(T\d{6}Z)?$/.exec(id) ?? [];
  if (masterId === undefined || day === undefined) return null;
  return { masterId, key: time === undefined ? `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` : `${day}${time}` };
}

/** Where the rule of a series puts its instances, exceptions not considered. */
export function occurrencesOf(master: StoredEvent, { timeMin, timeMax }: Window, limit = MOST_INSTANCES): Occurrence[] {
  const window = { startAt: timeMin ?? 0, endAt: timeMax ?? FAR_MS };
  return expand({ master: asUnified(master), exceptions: [] }, window, { floatingTimeZone: "UTC", limit }).occurrences;
}

/** The instance with that original start, where the series has one. */
export function occurrenceAt(master: StoredEvent, key: string): Occurrence | undefined {
  const day = Date.parse(key.length === 10 ? key : `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 8)}`);
  if (Number.isNaN(day)) return undefined;
  return occurrencesOf(master, { timeMin: day, timeMax: day + 86_400_000 }).find(({ recurrenceKey: found }) => found === key);
}

/** Whether any of it is in the window: by its own times, or by an instance of it. */
export function touches(event: StoredEvent, window: Window): boolean {
  if (window.timeMin === null && window.timeMax === null) return true;
  if (event.recurrence.length > 0) return occurrencesOf(event, window, 1).length > 0;
  const [startAt, endAt] = [instantOf(event.start, "UTC"), instantOf(event.end, "UTC")];
  return endAt > (window.timeMin ?? -Infinity) && startAt < (window.timeMax ?? Infinity);
}

/** What the expansion reads, and nothing else. */
function asUnified({ iCalUID, start, end, recurrence, sequence }: StoredEvent): UnifiedEvent {
  return { ...BLANK_EVENT, iCalUID, recurrenceId: null, start, end, recurrence: recurrence.length === 0 ? null : readRecurrence(recurrence, start), sequence };
}
