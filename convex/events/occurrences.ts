import type { Doc, Id } from "../_generated/dataModel";
import { expand, type Expansion, type ExpandWindow } from "../../lib/events/expand";
import { instantOf } from "../../lib/events/time";
import { isSeries, type StoredSet } from "./series";

/** What `eventOccurrences` holds of one occurrence, before it has an id. */
export type OccurrenceFields = Omit<Doc<"eventOccurrences">, "_id" | "_creationTime">;

/** A tile looks back this far for what began earlier; what lasts longer is found by its end. */
export const LOOK_BACK_MS = 31 * 24 * 60 * 60_000;
/** A series with more occurrences in the window is expanded on read. */
export const MAX_STORED_OCCURRENCES = 2_000;
/**
 * Floating times are placed as if they were UTC: an index key only. Readers pad their window by
 * 14 hours and show the wall time.
 */
export const FLOATING_KEY_ZONE = "UTC";

const DAY_MS = 24 * 60 * 60_000;

/** The rolling window in which the occurrences of a series are stored: −12 … +24 months. */
export function rollingWindow(now: number): ExpandWindow {
  return { startAt: now - 366 * DAY_MS, endAt: now + 731 * DAY_MS };
}

/**
 * The window that is certainly stored: the roll runs weekly, so what was stored last may be a
 * week behind at its end. Two weeks are left for a roll that was missed.
 */
export function storedWindow(now: number): ExpandWindow {
  const { startAt, endAt } = rollingWindow(now);
  return { startAt, endAt: endAt - 14 * DAY_MS };
}

/** A single event has one occurrence, wherever it lies; null when it is cancelled. */
export function singleOccurrence(
  event: Omit<Doc<"unifiedEvents">, "_id" | "_creationTime">,
  eventId: Id<"unifiedEvents">,
): OccurrenceFields | null {
  if (event.status === "cancelled") return null;
  return fields({ ...event, _id: eventId }, "", event, {
    startAt: instantOf(event.start, FLOATING_KEY_ZONE),
    endAt: instantOf(event.end, FLOATING_KEY_ZONE),
  });
}

/** The occurrences of a stored set that overlap `window`. */
export function occurrencesOf(
  stored: StoredSet,
  window: ExpandWindow,
  limit: number,
): { rows: OccurrenceFields[]; truncated: boolean } {
  const { head, master } = stored;
  if (head === null) return { rows: [], truncated: false };
  if (master !== null && !isSeries(stored.set)) {
    const only = singleOccurrence(master, master._id);
    return { rows: only === null ? [] : [only], truncated: false };
  }
  const expansion: Expansion = expand(stored.set, window, {
    floatingTimeZone: FLOATING_KEY_ZONE,
    limit,
  });
  const rows = expansion.occurrences.flatMap((occurrence) => {
    const event =
      occurrence.source === "master" ? master : (stored.exceptions[occurrence.source] ?? null);
    return event === null
      ? []
      : [fields(event, occurrence.recurrenceKey ?? "", occurrence, occurrence)];
  });
  return { rows, truncated: expansion.truncated };
}

function fields(
  event: Pick<Doc<"unifiedEvents">, "_id" | "orgId" | "calendarId" | "mappingId">,
  recurrenceKey: string,
  times: Pick<OccurrenceFields, "start" | "end">,
  instants: Pick<OccurrenceFields, "startAt" | "endAt">,
): OccurrenceFields {
  return {
    orgId: event.orgId,
    calendarId: event.calendarId,
    mappingId: event.mappingId,
    eventId: event._id,
    recurrenceKey,
    start: times.start,
    end: times.end,
    startAt: instants.startAt,
    endAt: instants.endAt,
    long: instants.endAt - instants.startAt > LOOK_BACK_MS,
  };
}

/** One name for an occurrence, the same in every tile and after every sync. */
export function occurrenceKey(row: {
  mappingId: Id<"providerEventMappings">;
  recurrenceKey: string;
}): string {
  return row.recurrenceKey === "" ? row.mappingId : `${row.mappingId}:${row.recurrenceKey}`;
}
