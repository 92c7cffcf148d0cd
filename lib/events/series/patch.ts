import type { UnifiedEvent } from "../model";

/**
 * What a person changed in the form of an event. `start` and `end` are those of the occurrence they looked at; `recurrence`
 * is that of the series, and only an edit of more than one occurrence may have it.
 */
export type EventPatch = Partial<
  Omit<UnifiedEvent, "iCalUID" | "recurrenceId" | "sequence" | "extended" | "warnings">
>;

/** `event` with the fields of `patch`; SEQUENCE rises when its times or its place do (RFC 5546 §2.1.4). */
export function patched(event: UnifiedEvent, patch: EventPatch): UnifiedEvent {
  const significant = ["start", "end", "recurrence", "location", "status"].some((field) => Object.hasOwn(patch, field));
  return { ...event, ...patch, sequence: event.sequence + (significant ? 1 : 0) };
}
