import type { UnifiedEvent } from "../model";
import { recurrenceKey } from "../time";
import { type IcsComponent, parseComponents } from "./components";
import { eventOf } from "./event";
import { IcsError } from "./ics-error";
import { zoneReader } from "./zones";

/** The events of one UID: at most one master, and its exceptions. */
export interface IcsEventGroup {
  iCalUID: string;
  events: UnifiedEvent[];
}

export type CalendarReading =
  | { kind: "events"; groups: IcsEventGroup[] }
  /** The text cannot be understood; `reason` says why, for a person. */
  | { kind: "unreadable"; reason: string };

/**
 * All VEVENTs of an iCalendar text, grouped by UID. Other components (VTODO, VJOURNAL …) are not events and are
 * passed over, so that `groups` may be empty. Where a UID has several masters or several exceptions for one
 * start, the one with the highest SEQUENCE counts, or else the last. Never throws.
 */
export function readCalendar(text: string): CalendarReading {
  try {
    const groups = new Map<string, Map<string, UnifiedEvent>>();
    for (const calendar of calendarsIn(text)) {
      const zones = zoneReader(calendar);
      for (const component of calendar.components) {
        if (component.name !== "VEVENT") continue;
        const event = eventOf(component, zones);
        const group = groups.get(event.iCalUID) ?? new Map<string, UnifiedEvent>();
        groups.set(event.iCalUID, group);
        const place = event.recurrenceId === null ? "" : recurrenceKey(event.recurrenceId);
        const rival = group.get(place);
        if (rival === undefined || event.sequence >= rival.sequence) group.set(place, event);
      }
    }
    return { kind: "events", groups: [...groups].map(([iCalUID, events]) => ({ iCalUID, events: [...events.values()] })) };
  } catch (error) {
    if (error instanceof IcsError) return { kind: "unreadable", reason: error.message };
    if (error instanceof RangeError) return { kind: "unreadable", reason: "A date in it is outside what calendars can hold." };
    return { kind: "unreadable", reason: "It is not an iCalendar object that can be understood." };
  }
}

/** A VEVENT without its VCALENDAR is read as if it had one. */
function calendarsIn(text: string): IcsComponent[] {
  const roots = parseComponents(text);
  const bare = roots.filter(({ name }) => name !== "VCALENDAR");
  const [first] = bare;
  if (first === undefined) return roots;
  if (bare.length < roots.length || !bare.some(({ name }) => name === "VEVENT")) {
    throw new IcsError(first.line, `BEGIN:${first.name}`, "is not the start of a calendar");
  }
  return [{ name: "VCALENDAR", properties: [], components: bare, line: first.line }];
}
