import { BLANK_EVENT } from "../blank-event";
import type { EventSet, UnifiedEvent } from "../model";
import { eventKey, type FieldConflict, mergeEvents } from "./merge-events";
import { same, type Side } from "./three-way";

/** `key` is that of the exception; empty for the master or the single event. */
export type SetConflict =
  | { kind: "fields"; key: string; conflicts: FieldConflict[] }
  /** One side took the event away, the other changed it. Null is the side that took it away. */
  | { kind: "removed"; key: string; local: UnifiedEvent | null; remote: UnifiedEvent | null };

export interface SetMerge {
  merged: EventSet;
  conflicts: SetConflict[];
}

/** {@link mergeEvents} for a series with its exceptions: each event against its own earlier version. */
export function mergeSets(base: EventSet, local: EventSet, remote: EventSet, prefer: Side): SetMerge {
  const [before, mine, theirs] = [eventsOf(base), eventsOf(local), eventsOf(remote)];
  const keys = [...new Set([...before.keys(), ...mine.keys(), ...theirs.keys()])].sort();
  const conflicts: SetConflict[] = [];
  const events = keys.flatMap((key) => {
    const [old, own, other] = [before.get(key) ?? null, mine.get(key) ?? null, theirs.get(key) ?? null];
    if (own !== null && other !== null) {
      const { merged, conflicts: fields } = mergeEvents(old ?? commonPart(own, other), own, other, prefer);
      if (fields.length > 0) conflicts.push({ kind: "fields", key, conflicts: fields });
      return [merged];
    }
    const left = own ?? other;
    if (left === null || old === null) return left === null ? [] : [left];
    if (same(left, old)) return [];
    conflicts.push({ kind: "removed", key, local: own, remote: other });
    return (own !== null) === (prefer === "local") ? [left] : [];
  });
  return {
    merged: { master: events.find(({ recurrenceId }) => recurrenceId === null) ?? null, exceptions: events.filter(({ recurrenceId }) => recurrenceId !== null) },
    conflicts,
  };
}

function eventsOf({ master, exceptions }: EventSet): Map<string, UnifiedEvent> {
  return new Map([...(master === null ? [] : [master]), ...exceptions].map((event) => [eventKey(event), event]));
}

/** Both sides made it: what they agree on was there before, the rest is new on both. */
function commonPart(local: UnifiedEvent, remote: UnifiedEvent): UnifiedEvent {
  const nothing: UnifiedEvent = { ...local, ...BLANK_EVENT };
  return same([local.start, local.end], [remote.start, remote.end]) ? nothing : { ...nothing, start: { kind: "date", date: "0001-01-01" }, end: { kind: "date", date: "0001-01-02" } };
}
