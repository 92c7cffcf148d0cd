import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { type EventTime } from "../../../../../lib/events/model";
import { instantOf, instantOfWall, localOf, wallMsOf, wallOfInstant } from "../../../../../lib/events/time";
import { canonicalTimeZone } from "../../../../../lib/events/time-zone";
import { offsetAt } from "../../../../../lib/events/zone-offsets";
import { badParameter, badRequest } from "../../refusals";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:([Zz])|([+-])(\d{2}):(\d{2}))?$/;

/** One end of an event as a client wrote it. Times without a zone of their own get the calendar's. Throws a 400. */
export function readTime(written: calendar_v3.Schema$EventDateTime | null | undefined, calendarZone: string, which: "start" | "end"): EventTime {
  const { date, dateTime, timeZone } = written ?? {};
  if (date == null && dateTime == null) throw badRequest(`Missing ${which} time.`, "required");
  if (date != null && dateTime != null) throw badRequest(`Invalid ${which} time.`);
  if (date != null) {
    if (!DATE.test(date) || !isWall(`${date}T00:00:00`)) throw badRequest(`Invalid ${which} time.`);
    return { kind: "date", date };
  }
  const zone = timeZone == null ? calendarZone : canonicalTimeZone(timeZone);
  if (zone === null) throw badRequest(`Invalid time zone definition for ${which} time.`);
  const read = readDateTime(dateTime ?? "");
  if (read === null) throw badRequest(`Invalid ${which} time.`);
  if (read.instant !== null) return { kind: "zoned", local: localOf(wallOfInstant(read.instant, zone)), timeZone: zone };
  if (timeZone == null) throw badRequest(`Missing time zone definition for ${which} time.`, "required");
  // A wall time in a gap of the clock is the instant that it is shifted to.
  return { kind: "zoned", local: localOf(wallOfInstant(instantOfWall(wallMsOf(read.local), zone), zone)), timeZone: zone };
}

/** An RFC 3339 time; `instant` is null where it has no offset. Null where it is none. */
function readDateTime(text: string): { local: string; instant: number | null } | null {
  const [, local = "", zulu, sign, hours = "0", minutes = "0"] = DATE_TIME.exec(text) ?? [];
  if (!isWall(local)) return null;
  if (zulu === undefined && sign === undefined) return { local, instant: null };
  const offsetMs = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { local, instant: wallMsOf(local) - offsetMs };
}

function isWall(local: string): boolean {
  try {
    wallMsOf(local);
    return true;
  } catch {
    return false;
  }
}

/** A time parameter, which must have an offset. Epoch milliseconds; null where it is not given. Throws a 400. */
export function readInstantParameter(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const instant = readDateTime(text)?.instant ?? null;
  if (instant === null) throw badParameter("Bad Request", name);
  return instant;
}

/** As Google answers it: the clock of `viewZone` with its offset, beside the zone that the event was made in. */
export function writeTime(time: EventTime, viewZone: string): calendar_v3.Schema$EventDateTime {
  if (time.kind === "date") return { date: time.date };
  const instant = instantOf(time, viewZone);
  const offset = offsetText(offsetAt(instant, viewZone), viewZone);
  return {
    dateTime: `${localOf(wallOfInstant(instant, viewZone))}${offset}`,
    timeZone: time.kind === "zoned" ? time.timeZone : viewZone,
  };
}

function offsetText(offsetMs: number, zone: string): string {
  if (zone === "UTC") return "Z";
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
