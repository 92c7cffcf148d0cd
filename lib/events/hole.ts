import type { EventTime, UnifiedEvent } from "./model";

/**
 * What stands for an occurrence that was deleted from its series, where the provider tells nothing but which one it was
 * (RFC 5545 would say it with EXDATE, providers say it with a cancelled exception).
 */
export function holeAt(recurrenceId: EventTime, iCalUID: string): UnifiedEvent {
  return {
    iCalUID,
    recurrenceId,
    title: "",
    description: null,
    location: null,
    url: null,
    start: recurrenceId,
    end: recurrenceId,
    status: "cancelled",
    transparency: "transparent",
    visibility: "default",
    purpose: "default",
    color: null,
    categories: [],
    recurrence: null,
    organizer: null,
    attendees: [],
    ownResponse: null,
    reminders: null,
    conference: null,
    attachments: [],
    sequence: 0,
    extended: null,
    warnings: [],
  };
}
