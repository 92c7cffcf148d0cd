import type { UnifiedEvent } from "../model";
import { recurrenceKey } from "../time";
import { type IcsComponent, type IcsFile, parseComponents, propertyOf } from "./components";
import { decodeCalendar } from "./decode";
import { eventOf } from "./event";
import { describeProblem, IcsError } from "./ics-error";
import { zoneEffort, zoneReader } from "./zones";

/** The events of one UID: at most one master, and its exceptions. */
export interface IcsEventGroup {
  iCalUID: string;
  events: UnifiedEvent[];
}

/** Something in a file that was passed over, in words for a person. */
export interface IcsProblem {
  /**
   * - `event`: a VEVENT that could not be read, and is missing from the groups;
   * - `line`: anything else; no event is missing because of it.
   */
  kind: "event" | "line";
  /** Where it begins in the text, from 1. */
  line: number;
  reason: string;
  /** Of the event that is missing, where it says so. */
  iCalUID: string | null;
  /** Whether the missing event is an exception of a series. */
  isException: boolean;
}

export type CalendarReading =
  | {
      kind: "events";
      groups: IcsEventGroup[];
      problems: IcsProblem[];
      /** VEVENTs that a newer version of the same event or exception in the same text has replaced. */
      superseded: number;
    }
  /** The text is no calendar; `reason` says why, for a person. */
  | { kind: "unreadable"; reason: string };

/**
 * All VEVENTs of an iCalendar text or file, grouped by UID. Other components (VTODO, VJOURNAL …) are not events and are
 * passed over, so that `groups` may be empty. What cannot be read is named, and the rest is read. Where a UID has
 * several masters or several exceptions for one start, the one with the highest SEQUENCE counts, or else the last.
 * Never throws.
 */
export function readCalendar(file: string | Uint8Array): CalendarReading {
  const parsed = parseComponents(typeof file === "string" ? file : decodeCalendar(file));
  const calendars = calendarsIn(parsed);
  if (calendars.length === 0) return { kind: "unreadable", reason: whyNoCalendar(parsed) };
  const groups = new Map<string, Map<string, UnifiedEvent>>();
  const problems: IcsProblem[] = [];
  const effort = zoneEffort();
  let superseded = 0;
  for (const calendar of calendars) {
    const zones = zoneReader(calendar, effort);
    for (const component of calendar.components) {
      if (component.name !== "VEVENT") continue;
      if (component.broken !== null) {
        problems.push(missingEvent(component, component.broken));
        continue;
      }
      try {
        const event = eventOf(component, zones);
        const group = groups.get(event.iCalUID) ?? new Map<string, UnifiedEvent>();
        const place = event.recurrenceId === null ? "" : recurrenceKey(event.recurrenceId);
        const rival = group.get(place);
        if (rival !== undefined) superseded += 1;
        if (rival === undefined || event.sequence >= rival.sequence) group.set(place, event);
        groups.set(event.iCalUID, group);
      } catch (error) {
        problems.push(missingEvent(component, reasonOf(error)));
      }
    }
  }
  const named = new Set(problems.map(({ reason }) => reason));
  for (const { line, message } of parsed.problems) {
    if (!named.has(message)) problems.push({ kind: "line", line, reason: message, iCalUID: null, isException: false });
  }
  problems.sort((a, b) => a.line - b.line);
  return {
    kind: "events",
    groups: [...groups].map(([iCalUID, events]) => ({ iCalUID, events: [...events.values()] })),
    problems,
    superseded,
  };
}

/** What stands in a calendar, but is found without one too. */
const BARE: ReadonlySet<string> = new Set(["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VALARM", "VAVAILABILITY"]);

/** Components without their VCALENDAR are read as if they had one; another root is no calendar, and is named. */
function calendarsIn(file: IcsFile): IcsComponent[] {
  const calendars = file.components.filter(({ name }) => name === "VCALENDAR");
  const bare = file.components.filter(({ name }) => BARE.has(name));
  for (const { name, line } of file.components) {
    if (name === "VCALENDAR" || BARE.has(name)) continue;
    file.problems.push({ line, message: describeProblem(line, `BEGIN:${name}`, "is not the start of a calendar") });
  }
  const [first] = bare;
  if (first === undefined) return calendars;
  return [...calendars, { name: "VCALENDAR", properties: [], components: bare, line: first.line, broken: null }];
}

function whyNoCalendar({ components: [root], problems: [problem] }: IcsFile): string {
  if (root !== undefined) return describeProblem(root.line, `BEGIN:${root.name}`, "is not the start of a calendar");
  return problem?.message ?? "It is not a calendar.";
}

function missingEvent(component: IcsComponent, reason: string): IcsProblem {
  return {
    kind: "event",
    line: component.line,
    reason,
    iCalUID: propertyOf(component, "UID")?.value.trim() || null,
    isException: propertyOf(component, "RECURRENCE-ID") !== null,
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof IcsError) return error.message;
  if (error instanceof RangeError) return "A date in it is outside what calendars can hold.";
  return "It is not an iCalendar object that can be understood.";
}
