import type { Doc, Id } from "../_generated/dataModel";
import { expand, type Expansion, type ExpandWindow } from "../../lib/events/expand";
import type { EventTime, UnifiedEvent } from "../../lib/events/model";
import { instantOf } from "../../lib/events/time";
import { monthReach } from "../../lib/events/utc-months";
import { isSeries, type StoredSet } from "./series";
import type { Place } from "./stored";

/** What `eventOccurrences` holds of one occurrence, before it has an id. */
export type OccurrenceFields = Omit<Doc<"eventOccurrences">, "_id" | "_creationTime">;
/** A single event, stored or about to be shown as it is now. */
export type SingleEvent = Place & Drawn & Pick<UnifiedEvent, "start" | "end" | "status"> & { _id: Id<"unifiedEvents"> };

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
export function singleOccurrence(event: SingleEvent): OccurrenceFields | null {
  if (event.status === "cancelled") return null;
  const { start, end } = event;
  const times = { start, end, startAt: instantOf(start, FLOATING_KEY_ZONE), endAt: instantOf(end, FLOATING_KEY_ZONE) };
  return { ...fields(event, "", times), face: faceOf(event) };
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
    const only = singleOccurrence(master);
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
      : [fields(event, occurrence.recurrenceKey ?? "", occurrence)];
  });
  return { rows, truncated: expansion.truncated };
}

function fields(
  event: Place & { _id: Id<"unifiedEvents"> },
  recurrenceKey: string,
  { start, end, startAt, endAt }: { start: EventTime; end: EventTime; startAt: number; endAt: number },
): OccurrenceFields {
  const reach = monthReach(startAt, endAt);
  return {
    orgId: event.orgId,
    calendarId: event.calendarId,
    mappingId: event.mappingId,
    eventId: event._id,
    recurrenceKey,
    ...(start.kind === "zoned" && end.kind === "zoned" ? {} : { start, end }),
    startAt,
    endAt,
    ...(reach === undefined ? {} : { reach }),
  };
}

/** What a tile draws of an event; what is left off is as most events have it: confirmed, busy and at no place. */
interface Face {
  title: string;
  location?: string;
  status?: Exclude<UnifiedEvent["status"], "confirmed">;
  transparency?: Exclude<UnifiedEvent["transparency"], "opaque">;
}
type Drawn = Pick<UnifiedEvent, "title"> & Partial<Pick<UnifiedEvent, "location" | "status" | "transparency">>;

/** Rows of tiles are read by the hundred, and each field of each is converted: so most have only a title. */
export function faceOf({ title, location = null, status = "confirmed", transparency = "opaque" }: Drawn): Face {
  const face: Face = { title };
  if (location !== null) face.location = location;
  if (status !== "confirmed") face.status = status;
  if (transparency !== "opaque") face.transparency = transparency;
  return face;
}

/** One name for an occurrence, the same in every tile and after every sync. */
export function occurrenceKey(row: {
  mappingId: Id<"providerEventMappings">;
  recurrenceKey: string;
}): string {
  return row.recurrenceKey === "" ? row.mappingId : `${row.mappingId}:${row.recurrenceKey}`;
}
