import type { Reminder, ReminderMethod, Reminders } from "../model";
import { type IcsComponent, propertyOf } from "./components";
import { parseDuration, parseTime } from "./values";

const METHODS: Readonly<Record<string, ReminderMethod>> = { DISPLAY: "popup", EMAIL: "email", AUDIO: "sound" };
const DAY_MINUTES = 1_440;

/** The alarms of an event that remind somebody (RFC 5545 §3.6.6); null where there are none. */
export function remindersOf(vevent: IcsComponent): Reminders | null {
  const list = vevent.components.flatMap((component) => reminderOf(component) ?? []);
  return list.length === 0 ? null : { useDefault: false, list };
}

/** Null for other components, and for alarms that do something else or cannot be read. */
export function reminderOf(component: IcsComponent): Reminder | null {
  const trigger = propertyOf(component, "TRIGGER");
  const method = METHODS[propertyOf(component, "ACTION")?.value.trim().toUpperCase() ?? ""];
  if (component.name !== "VALARM" || trigger === null || method === undefined) return null;
  try {
    if (/^[+-]?P/i.test(trigger.value.trim())) {
      const { days, ms } = parseDuration(trigger.value, trigger);
      const minutes = 0 - days * DAY_MINUTES - ms / 60_000;
      const relatedTo = trigger.params["related"]?.toUpperCase() === "END" ? "end" : "start";
      return { kind: "before", method, minutes, relatedTo };
    }
    const { date, time, utc } = parseTime(trigger.value, trigger);
    return utc && time !== null ? { kind: "at", method, at: `${date}T${time}Z` } : null;
  } catch {
    return null;
  }
}
