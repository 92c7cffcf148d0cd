import type { Attendee, Recurrence, UnifiedEvent } from "../model";
import { recurrenceKey } from "../time";
import { type Merged, mergeMembers, mergeSet, mergeValue, same, type Side } from "./three-way";

/** What people call one thing, though it may be several fields. */
export type MergeUnit = "schedule" | Exclude<keyof UnifiedEvent, "iCalUID" | "recurrenceId" | "start" | "end" | "recurrence" | "warnings" | "extended" | "sequence">;

/** Something that both sides changed, differently. Each value is the unit's part of the event. */
export interface FieldConflict {
  unit: MergeUnit;
  base: Partial<UnifiedEvent>;
  local: Partial<UnifiedEvent>;
  remote: Partial<UnifiedEvent>;
}

export interface EventMerge {
  merged: UnifiedEvent;
  /** Empty when everything could be merged. What is in conflict has the preferred side's value in `merged`. */
  conflicts: FieldConflict[];
}

/** Merged as a whole each. */
const WHOLE = [
  "recurrenceRange", "title", "description", "location", "url", "status", "transparency", "visibility", "purpose", "color", "organizer", "ownResponse", "reminders", "conference",
] as const satisfies readonly (keyof UnifiedEvent)[];

/**
 * Three versions of one event: the last that both sides agreed on, ours, and the provider's. What one side alone
 * changed stands; guests, categories and attachments are merged one by one. With `local` and `remote` exchanged
 * and the other side preferred, the result is the same.
 */
export function mergeEvents(base: UnifiedEvent, local: UnifiedEvent, remote: UnifiedEvent, prefer: Side): EventMerge {
  const conflicts: FieldConflict[] = [];
  const merged: UnifiedEvent = { ...base };
  const put = <K extends keyof UnifiedEvent>(unit: MergeUnit, fields: readonly K[], { value, conflict }: Merged<Pick<UnifiedEvent, K>>) => {
    Object.assign(merged, value);
    if (conflict) conflicts.push({ unit, base: part(base, fields), local: part(local, fields), remote: part(remote, fields) });
  };
  for (const field of WHOLE) put(field, [field], wrap(field, mergeValue(base[field], local[field], remote[field], prefer)));
  put("schedule", SCHEDULE, mergeSchedule(part(base, SCHEDULE), part(local, SCHEDULE), part(remote, SCHEDULE), prefer));
  put("attendees", ["attendees"], wrap("attendees", mergeMembers(base.attendees, local.attendees, remote.attendees, attendeeKey, (old, own, other) => mergeAttendee(old, own, other, prefer), prefer)));
  merged.categories = mergeSet(base.categories, local.categories, remote.categories);
  merged.attachments = mergeSet(base.attachments, local.attachments, remote.attachments);
  merged.warnings = mergeSet(base.warnings, local.warnings, remote.warnings);
  merged.sequence = Math.max(local.sequence, remote.sequence);
  // Nobody edits what only the provider understands: it is no question for a person.
  merged.extended = mergeValue(base.extended, local.extended, remote.extended, prefer).value;
  return { merged, conflicts };
}

const SCHEDULE = ["start", "end", "recurrence"] as const;
type Schedule = Pick<UnifiedEvent, (typeof SCHEDULE)[number]>;

/**
 * Times and repetition hang together: a date that is left out names the time of day that the other side may have
 * moved. So they are merged apart only where one side leaves the times and the other the repetition alone.
 */
function mergeSchedule(base: Schedule, local: Schedule, remote: Schedule, prefer: Side): Merged<Schedule> {
  const whole = mergeValue(base, local, remote, prefer);
  const unmoved = [local, remote].every(({ start, end }) => same([start, end], [base.start, base.end]));
  if (!whole.conflict || !unmoved || base.recurrence === null || local.recurrence === null || remote.recurrence === null) return whole;
  const recurrence = mergeRecurrence(base.recurrence, local.recurrence, remote.recurrence, prefer);
  return { value: { ...base, recurrence: recurrence.value }, conflict: recurrence.conflict };
}

function mergeRecurrence(base: Recurrence, local: Recurrence, remote: Recurrence, prefer: Side): Merged<Recurrence> {
  const rrules = mergeValue(base.rrules, local.rrules, remote.rrules, prefer);
  return {
    value: {
      rrules: rrules.value,
      rdates: mergeSet(base.rdates, local.rdates, remote.rdates),
      exdates: mergeSet(base.exdates, local.exdates, remote.exdates),
    },
    conflict: rrules.conflict,
  };
}

const ATTENDEE_FIELDS = ["name", "email", "response", "role", "kind", "comment", "additionalGuests"] as const satisfies readonly (keyof Attendee)[];

/** Somebody whom both sides added is merged field by field too, against nothing. */
function mergeAttendee(base: Attendee | null, local: Attendee, remote: Attendee, prefer: Side): Merged<Attendee> {
  let conflict = false;
  const fields = ATTENDEE_FIELDS.map((field) => {
    const merged = mergeValue<unknown>(base?.[field], local[field], remote[field], prefer);
    conflict ||= merged.conflict;
    return [field, merged.value];
  });
  return { value: Object.fromEntries(fields) as unknown as Attendee, conflict };
}

function attendeeKey({ email, name }: Attendee): string {
  return email === null ? `name:${name ?? ""}` : `mail:${email.toLowerCase()}`;
}

/** The name of the event within its set. */
export function eventKey(event: UnifiedEvent): string {
  return event.recurrenceId === null ? "" : recurrenceKey(event.recurrenceId);
}

function part<K extends keyof UnifiedEvent>(event: UnifiedEvent, fields: readonly K[]): Pick<UnifiedEvent, K> {
  return Object.fromEntries(fields.map((field) => [field, event[field]])) as Pick<UnifiedEvent, K>;
}

function wrap<K extends keyof UnifiedEvent>(field: K, { value, conflict }: Merged<UnifiedEvent[K]>): Merged<Pick<UnifiedEvent, K>> {
  return { value: { [field]: value } as Pick<UnifiedEvent, K>, conflict };
}
