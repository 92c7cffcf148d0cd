import { canonicalJson } from "./content-hash";
import type { UnifiedEvent } from "./model";

/** What of an event is needed only where that one event is looked at or written back: neither views nor expansions use it. */
export type EventDetails = Pick<
  UnifiedEvent,
  "description" | "url" | "categories" | "organizer" | "attendees" | "ownResponse" | "reminders" | "conference" | "attachments" | "extended" | "warnings"
>;

/** An event without its details: what calendars draw, and what occurrences follow from. */
export type EventCore = Omit<UnifiedEvent, keyof EventDetails>;

/** The details of an event that has none. */
export const NO_DETAILS: EventDetails = {
  description: null,
  url: null,
  categories: [],
  organizer: null,
  attendees: [],
  ownResponse: null,
  reminders: null,
  conference: null,
  attachments: [],
  extended: null,
  warnings: [],
};

/** An event in its two parts, which together are the event again. */
export function partsOf(event: UnifiedEvent): { core: EventCore; details: EventDetails } {
  const { description, url, categories, organizer, attendees, ownResponse, reminders, conference, attachments, extended, warnings, ...core } = event;
  return { core, details: { description, url, categories, organizer, attendees, ownResponse, reminders, conference, attachments, extended, warnings } };
}

/** Whether two parts say the same, whatever the order of their fields. */
export function samePart<Part extends EventCore | EventDetails>(one: Part, other: Part): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
