import { BLANK_EVENT } from "./blank-event";
import type { EventTime, UnifiedEvent } from "./model";

/**
 * What stands for an occurrence that was deleted from its series, where the provider tells nothing but which one it was
 * (RFC 5545 would say it with EXDATE, providers say it with a cancelled exception).
 */
export function holeAt(recurrenceId: EventTime, iCalUID: string): UnifiedEvent {
  return {
    ...BLANK_EVENT,
    iCalUID,
    recurrenceId,
    start: recurrenceId,
    end: recurrenceId,
    status: "cancelled",
    transparency: "transparent",
    sequence: 0,
  };
}
