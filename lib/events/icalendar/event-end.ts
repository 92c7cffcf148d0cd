import type { EventTime, EventWarning } from "../model";
import { instantOf, localOf, wallMsOf, wallOfInstant } from "../time";
import { inTermsOf } from "../recurrence-match";
import type { IcsDuration } from "./values";

const DAY_MS = 86_400_000;

/** DTSTART plus DURATION: whole days on the calendar, the rest in exact time (RFC 5545 §3.3.6). */
export function afterDuration(start: EventTime, duration: IcsDuration): EventTime {
  if (start.kind === "date") {
    const days = duration.days + Math.ceil(duration.ms / DAY_MS);
    return { kind: "date", date: plusDays(start.date, days) };
  }
  const shifted = localOf(wallMsOf(start.local) + duration.days * DAY_MS);
  if (start.kind === "floating") return { kind: "floating", local: localOf(wallMsOf(shifted) + duration.ms) };
  if (duration.ms === 0) return { ...start, local: shifted };
  const instant = instantOf({ ...start, local: shifted }, start.timeZone) + duration.ms;
  return { ...start, local: localOf(wallOfInstant(instant, start.timeZone)) };
}

/** Without DTEND and DURATION a date lasts its day and a time is a moment (RFC 5545 §3.6.1). */
export function missingEnd(start: EventTime): EventTime {
  return start.kind === "date" ? { kind: "date", date: plusDays(start.date, 1) } : start;
}

/** The end in the form the start has, and never before it: an all-day event lasts at least one day. */
export function checkedEnd(start: EventTime, written: EventTime, warn: (warning: EventWarning) => void): EventTime {
  const end = sameForm(start, written);
  if (start.kind === "date" && end.kind === "date") {
    if (end.date > start.date) return end;
    // DTEND equal to DTSTART is a common way to write a single day.
    if (end.date < start.date) warn(endBeforeStart());
    return { kind: "date", date: plusDays(start.date, 1) };
  }
  if (instantOf(end, "UTC") >= instantOf(start, "UTC")) return end;
  warn(endBeforeStart());
  return start;
}

function sameForm(start: EventTime, end: EventTime): EventTime {
  if (start.kind === "zoned" && end.kind === "zoned") return end;
  if (start.kind !== "date" && end.kind === "date") return { ...start, local: `${end.date}T00:00:00` };
  return start.kind === end.kind ? end : inTermsOf(end, start);
}

function endBeforeStart(): EventWarning {
  return { code: "end_before_start", message: "The event ends before it starts; only its start is shown." };
}

function plusDays(date: string, days: number): string {
  return localOf(wallMsOf(`${date}T00:00:00`) + days * DAY_MS).slice(0, 10);
}
