import { NO_DETAILS } from "./event-details";
import type { UnifiedEvent } from "./model";

/** What an event says that says nothing but which one it is and when: RFC 5545's defaults, and nothing where it has none. */
export const BLANK_EVENT: Omit<UnifiedEvent, "iCalUID" | "recurrenceId" | "start" | "end" | "sequence"> = {
  title: "",
  location: null,
  status: "confirmed",
  transparency: "opaque",
  visibility: "default",
  purpose: "default",
  color: null,
  recurrence: null,
  ...NO_DETAILS,
};
