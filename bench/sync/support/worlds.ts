import { NORA } from "../../../local/sandbox/testing/empty-world";
import type { SeedCalendar, SeedEvent, SeedWorld } from "../../../local/sandbox/seed/shape";

export const OWNER = NORA;

/** Ids of calendars are Google's own but for the first one, which has its owner's address. */
export interface WorldPlan {
  calendars: number;
  /** In each calendar. */
  events(calendar: number): readonly SeedEvent[];
}

/** One person with so many calendars of their own. */
export function worldOf({ calendars, events }: WorldPlan): SeedWorld {
  return { accounts: [OWNER], calendars: Array.from({ length: calendars }, (_, index) => calendar(index, events(index))) };
}

function calendar(index: number, events: readonly SeedEvent[]): SeedCalendar {
  return {
    key: index === 0 ? OWNER.email : `calendar-${index}`,
    name: index === 0 ? OWNER.email : `Calendar ${index}`,
    description: null,
    timeZone: OWNER.timeZone,
    color: "#4986e7",
    kind: index === 0 ? "primary" : "secondary",
    members: [{ email: OWNER.email, role: "owner" }],
    events,
  };
}

const DAY_MS = 24 * 60 * 60_000;
const at = (day: string, minutes: number) => ({
  kind: "zoned" as const,
  local: `${day}T${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`,
  timeZone: OWNER.timeZone,
});

/** Half an hour, at one of twenty times of a working day. */
export function meeting(key: string, day: string, slot: number, recurrence: readonly string[] = []): SeedEvent {
  const minutes = 8 * 60 + (slot % 20) * 30;
  return { key, title: `Meeting ${key}`, start: at(day, minutes), end: at(day, minutes + 30), location: "Room 4", recurrence };
}

/** So many single events, spread evenly over `days` days from `first` (`YYYY-MM-DD`) on. */
export function meetings(count: number, first: string, days: number): SeedEvent[] {
  const start = Date.parse(first);
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(start + Math.floor((index * days) / count) * DAY_MS).toISOString().slice(0, 10);
    return meeting(`m${index}`, day, index);
  });
}

/** The first day of the month that lies so many months from now, `YYYY-MM-DD`. */
export function firstOfMonth(months: number, now = Date.now()): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months)).toISOString().slice(0, 10);
}
