import { recurrenceKey } from "../../../../../../lib/events/time";
import { type StoredCalendar, type StoredEvent } from "../../model";
import { exceptionsOf } from "./find";
import { instanceId, occurrencesOf, touches, type Window } from "../occurrences";
import { generatedInstance } from "../resource";

/**
 * The instances of a series in a window: what its rule produces, with the exceptions in their places. Deleted ones are
 * among them where they are asked for; of a deleted series all are.
 */
export function instancesOf(calendar: StoredCalendar, master: StoredEvent, window: Window, withDeleted: boolean): StoredEvent[] {
  if (master.status === "cancelled" && !withDeleted) return [];
  const exceptions = exceptionsOf(calendar, master.id);
  const replaced = new Set(exceptions.map(({ id }) => id));
  const generated = occurrencesOf(master, window)
    .filter(({ start }) => !replaced.has(instanceId(master.id, start)))
    .map((occurrence) => generatedInstance(master, occurrence));
  const changed = exceptions.filter((event) => (withDeleted || event.status !== "cancelled") && touches(event, window));
  return [...generated, ...changed];
}

/** Instances that the series had at that revision and has no more, as deleted ones. */
export function vanishedInstances(master: StoredEvent, since: number, window: Window, present: readonly StoredEvent[]): StoredEvent[] {
  const former = master.formerly.find(({ until }) => until > since);
  if (former === undefined) return [];
  const ids = new Set(present.map(({ id }) => id));
  return occurrencesOf({ ...master, ...former }, window)
    .map((occurrence) => ({ ...generatedInstance(master, occurrence), status: "cancelled" as const }))
    .filter(({ id }) => !ids.has(id));
}

/** As {@link instancesOf}, but only the one that replaces, or is, the given original start. */
export function instanceAt(instances: readonly StoredEvent[], originalStart: string): StoredEvent[] {
  return instances.filter(({ original }) => original !== null && recurrenceKey(original.start) === originalStart);
}
