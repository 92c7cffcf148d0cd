import type { EventTime, EventWarning } from "../../../events/model";
import { canonicalTimeZone } from "../../../events/time-zone";
import { instantOf, localOf, wallOfInstant } from "../../../events/time";
import { parseDate, parseDateTime, timeInZone } from "../../transform/zoned-time";
import type { EventTimeJson } from "./event-json";

/** What has to be known beside an event to read or write it. */
export interface GoogleContext {
  /** IANA id of the calendar's zone: that of times which name none. Null when it is not known. */
  calendarTimeZone: string | null;
}

/** `date`, or `dateTime` with an offset, a zone or both; null when it is neither. */
export function timeOf(json: EventTimeJson, context: GoogleContext, warn: (warning: EventWarning) => void): EventTime | null {
  if (json.date !== undefined) {
    const date = parseDate(json.date);
    return date === null ? null : { kind: "date", date };
  }
  const written = parseDateTime(json.dateTime ?? "");
  if (written === null) return null;
  const named = json.timeZone ?? context.calendarTimeZone;
  const timeZone = named === null ? null : canonicalTimeZone(named);
  if (named !== null && timeZone === null) {
    const effect = written.instant === null ? "its times are shown as written, in your own zone" : "its times are shown at the right moment";
    warn({ code: "unknown_time_zone", message: `The time zone “${named.slice(0, 60)}” is not known; ${effect}.` });
  }
  if (written.instant !== null) return timeInZone(written.instant, timeZone ?? "UTC");
  return timeZone === null ? { kind: "floating", local: written.local } : { kind: "zoned", local: written.local, timeZone };
}

/** The inverse. A floating time is written in the calendar's zone. */
export function timeJson(time: EventTime, context: GoogleContext): EventTimeJson {
  if (time.kind === "date") return { date: time.date };
  if (time.kind === "floating") {
    if (context.calendarTimeZone === null) return { dateTime: time.local };
    return timeJson({ kind: "zoned", local: time.local, timeZone: context.calendarTimeZone }, context);
  }
  const instant = instantOf(time, "UTC");
  const wallMs = wallOfInstant(instant, time.timeZone);
  return { dateTime: `${localOf(wallMs)}${offset(wallMs - instant)}`, timeZone: time.timeZone };
}

function offset(ms: number): string {
  if (ms === 0) return "Z";
  // Zones had offsets with seconds before they had laws; RFC 3339 has none, so the nearest minute must do.
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${ms < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
