import type { UnifiedEvent } from "../../../events/model";
import { minutesBeforeStart } from "../../../events/reminder-time";

/** The API takes at most five reminders, none later than the start and none earlier than four weeks before. */
export const MAX_REMINDERS = 5;
const MAX_MINUTES = 40_320;

export interface RemindersJson {
  useDefault: boolean;
  overrides?: { method: "email" | "popup"; minutes: number }[];
}

export function remindersJson(event: UnifiedEvent): RemindersJson {
  if (event.reminders === null || event.reminders.useDefault) return { useDefault: true };
  const overrides = event.reminders.list.flatMap((reminder) => {
    const minutes = minutesBeforeStart(reminder, event);
    if (minutes === null || minutes < 0) return [];
    return [{ method: reminder.method === "email" ? ("email" as const) : ("popup" as const), minutes: Math.min(MAX_MINUTES, Math.round(minutes)) }];
  });
  return overrides.length === 0 ? { useDefault: false } : { useDefault: false, overrides: overrides.slice(0, MAX_REMINDERS) };
}

/** Whether every reminder is written as it is. */
export function remindersFit(event: UnifiedEvent): boolean {
  const list = event.reminders?.list ?? [];
  return (
    list.length <= MAX_REMINDERS &&
    list.every((reminder) => {
      if (reminder.kind !== "before" || reminder.relatedTo !== "start" || reminder.method === "sound") return false;
      return Number.isInteger(reminder.minutes) && reminder.minutes >= 0 && reminder.minutes <= MAX_MINUTES;
    })
  );
}
