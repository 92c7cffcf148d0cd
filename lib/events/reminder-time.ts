import type { Reminder, UnifiedEvent } from "./model";
import { instantOf } from "./time";

/**
 * Minutes from a reminder to the start of its event, negative when it comes after it. Null where that depends on
 * who looks: an instant before an event that has no instant of its own (all-day and floating events).
 */
export function minutesBeforeStart(reminder: Reminder, event: Pick<UnifiedEvent, "start" | "end">): number | null {
  const { start, end } = event;
  if (reminder.kind === "at") {
    if (start.kind !== "zoned") return null;
    const at = Date.parse(reminder.at);
    return Number.isNaN(at) ? null : (instantOf(start, "UTC") - at) / 60_000;
  }
  if (reminder.relatedTo === "start") return reminder.minutes;
  return reminder.minutes - (instantOf(end, "UTC") - instantOf(start, "UTC")) / 60_000;
}
