import { canonicalTimeZone } from "../../../events/time-zone";
import type { RemoteChange } from "../../port";
import { toUnified } from "../transform/to-unified";
import type { EventsPage } from "./events-page";

export interface PageChanges {
  changes: RemoteChange[];
  /** Events and exceptions that exist, readable or not. */
  alive: number;
  /** An item has no id: it may be any of the events that seem to be missing. */
  nameless: boolean;
}

/** Under this name it is reported that items came without an id; Google's ids have no brackets. */
const NO_ID = "(no id)";

/** What the items of a page say. An item that cannot be read is reported under its id, and spoils no other. */
export function changesOf({ items, timeZone }: EventsPage): PageChanges {
  const context = { calendarTimeZone: timeZone === null ? null : canonicalTimeZone(timeZone) };
  const found: PageChanges = { changes: [], alive: 0, nameless: false };
  for (const item of items) {
    const reading = toUnified(item, context);
    switch (reading.kind) {
      case "event": {
        const { remoteId, seriesRemoteId, event } = reading;
        found.alive += 1;
        found.changes.push({ kind: "upsert", remoteId, seriesRemoteId, etag: reading.etag ?? "", iCalUID: event.iCalUID, events: [event] });
        break;
      }
      case "deleted": {
        const { remoteId, seriesRemoteId, recurrenceId } = reading;
        const occurrence = seriesRemoteId === null || recurrenceId === null ? null : { seriesRemoteId, recurrenceId };
        found.changes.push({ kind: "deleted", remoteId, occurrence });
        break;
      }
      case "unreadable":
        found.alive += 1;
        found.nameless ||= reading.remoteId === null;
        found.changes.push({ kind: "unreadable", remoteId: reading.remoteId ?? NO_ID, etag: etagOf(item), reason: reading.reason });
        break;
      case "occurrence":
        // Only listings of instances have them, and its master comes by itself.
        break;
    }
  }
  return found;
}

function etagOf(item: unknown): string {
  return typeof item === "object" && item !== null && "etag" in item && typeof item.etag === "string" ? item.etag : "";
}
