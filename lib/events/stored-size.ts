import type { EventWarning, UnifiedEvent } from "./model";

/**
 * What of one event is stored, in UTF-8 bytes of its JSON. A document of the database holds 1 MiB and a list
 * 8,192 members; the parts below together stay under both, with room for the rest of a row.
 */
const PARTS: readonly { label: string; bytes: number; members: number; of: readonly (keyof UnifiedEvent)[] }[] = [
  { label: "title", bytes: 4_096, members: 0, of: ["title"] },
  { label: "description", bytes: 131_072, members: 0, of: ["description"] },
  { label: "place", bytes: 8_192, members: 0, of: ["location"] },
  { label: "web address", bytes: 8_192, members: 0, of: ["url"] },
  { label: "list of guests", bytes: 262_144, members: 1_000, of: ["attendees"] },
  { label: "list of categories", bytes: 16_384, members: 100, of: ["categories"] },
  { label: "list of attachments", bytes: 65_536, members: 100, of: ["attachments"] },
];
const MAX_DATES = { bytes: 131_072, members: 2_000 };
const MAX_RULES = 50;
const MAX_REMINDERS = 50;
const MAX_ENTRIES = 50;
const MAX_NOTES_BYTES = 16_384;
const MAX_WARNINGS = 20;

/**
 * The event as it is stored: what is too long is cut, with a warning that names it. An event that needs no cut is the
 * same object. A shortened field is never written back as it is stored: an edit is merged with what the
 * provider has at that moment (see `changes/merge-events`), and there the whole is.
 */
export function forStorage(event: UnifiedEvent): UnifiedEvent {
  const cut: Partial<UnifiedEvent> = {};
  const labels: string[] = [];
  for (const { label, bytes, members, of } of PARTS) {
    for (const field of of) {
      const value = event[field];
      const kept = Array.isArray(value) ? within<unknown>(value, bytes, members) : typeof value === "string" ? shortened(value, bytes) : value;
      if (kept === value) continue;
      Object.assign(cut, { [field]: kept });
      labels.push(label);
    }
  }
  const { recurrence, reminders, conference } = event;
  if (recurrence !== null) {
    const kept = { rrules: recurrence.rrules.slice(0, MAX_RULES), rdates: within(recurrence.rdates, MAX_DATES.bytes, MAX_DATES.members), exdates: within(recurrence.exdates, MAX_DATES.bytes, MAX_DATES.members) };
    if (kept.rrules.length < recurrence.rrules.length || kept.rdates !== recurrence.rdates || kept.exdates !== recurrence.exdates) {
      cut.recurrence = kept;
      labels.push("list of dates");
    }
  }
  if (reminders !== null && reminders.list.length > MAX_REMINDERS) {
    cut.reminders = { ...reminders, list: reminders.list.slice(0, MAX_REMINDERS) };
    labels.push("list of reminders");
  }
  if (conference !== null && (conference.entries.length > MAX_ENTRIES || size(conference) > MAX_NOTES_BYTES)) {
    cut.conference = { ...conference, notes: null, entries: within(conference.entries, MAX_NOTES_BYTES, MAX_ENTRIES) };
    labels.push("online meeting");
  }
  if (labels.length === 0 && event.warnings.length <= MAX_WARNINGS) return event;
  const warnings = [...labels.map(shortenedWarning), ...event.warnings].slice(0, MAX_WARNINGS);
  return { ...event, ...cut, warnings };
}

function shortenedWarning(label: string): EventWarning {
  return { code: "shortened", message: `The ${label} is longer than what is shown here; the provider keeps the whole.` };
}

/** The first members that fit; the list itself when all do. */
function within<T>(list: readonly T[], bytes: number, members: number): T[] {
  let used = 0;
  const fitting = list.findIndex((member, index) => index >= members || (used += size(member)) > bytes);
  return fitting < 0 ? (list as T[]) : list.slice(0, fitting);
}

/** Whole characters, and a mark that something is missing. */
function shortened(text: string, bytes: number): string {
  // Three bytes for each UTF-16 unit is the most that UTF-8 needs.
  if (text.length * 3 <= bytes || encoder.encode(text).length <= bytes) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(bytes - 3));
  return `${text.slice(0, read)}…`;
}

const encoder = new TextEncoder();

function size(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}
