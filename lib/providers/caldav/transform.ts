import { readCalendar } from "../../events/icalendar/read-calendar";
import type { UnifiedEvent } from "../../events/model";

export type CalendarObject =
  | { kind: "event"; iCalUID: string; events: UnifiedEvent[] }
  /** It holds no VEVENT (a task, a journal entry): nothing to show and nothing wrong. */
  | { kind: "notAnEvent" }
  /** `reason` is for the user and names the line that is wrong. */
  | { kind: "unreadable"; reason: string };

/**
 * One CalDAV calendar object resource, which holds one UID only (RFC 4791 §4.1). An object of which any event cannot be
 * read counts as unreadable: without one of its exceptions a series would show what was moved or cancelled as if it
 * still stood, and the version before is kept instead. Never throws.
 */
export function transformCalendarObject(text: string): CalendarObject {
  const reading = readCalendar(text);
  if (reading.kind === "unreadable") return reading;
  const missing = reading.problems.find(({ kind }) => kind === "event");
  if (missing !== undefined) return { kind: "unreadable", reason: missing.reason };
  const [group, ...others] = reading.groups;
  const [problem] = reading.problems;
  if (group === undefined) return problem === undefined ? { kind: "notAnEvent" } : { kind: "unreadable", reason: problem.reason };
  if (others.length > 0) {
    return { kind: "unreadable", reason: `It holds ${others.length + 1} different events, where a server may keep only one.` };
  }
  return { kind: "event", iCalUID: group.iCalUID, events: group.events };
}
