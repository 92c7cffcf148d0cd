import { type EventTime, type Recurrence, type RecurrenceDate } from "../../../../../lib/events/model";
import { compileRule } from "../../../../../lib/events/rules/rule-starts";
import { localOf, wallMsOf } from "../../../../../lib/events/time";
import { canonicalTimeZone } from "../../../../../lib/events/time-zone";
import { badRequest } from "../../refusals";

const LINE = /^(RRULE|EXRULE|RDATE|EXDATE)((?:;[A-Z-]+=[^:;]+)*):(.+)$/i;

/** Reads the lines of `recurrence` (RFC 5545 §3.8.5, without DTSTART and DTEND). Throws a 400 on what is none. */
export function readRecurrence(lines: readonly string[], start: EventTime): Recurrence {
  const recurrence: Recurrence = { rrules: [], rdates: [], exdates: [] };
  for (const line of lines) {
    const [, name = "", parameters = "", value = ""] = LINE.exec(line.trim()) ?? [];
    switch (name.toUpperCase()) {
      case "RRULE":
        if (!compileRule(value, start, "UTC").ok) throw invalid();
        recurrence.rrules.push(value);
        break;
      case "RDATE":
        recurrence.rdates.push(...value.split(",").map((each) => readDate(each, parameters, start)));
        break;
      case "EXDATE":
        recurrence.exdates.push(...value.split(",").map((each) => readDate(each, parameters, start).start));
        break;
      default:
        throw invalid();
    }
  }
  return recurrence;
}

function invalid() {
  return badRequest("Invalid recurrence rule.");
}

function readDate(text: string, parameters: string, seriesStart: EventTime): RecurrenceDate {
  const [from = "", to] = text.split("/");
  const tzid = /;TZID=([^;:]+)/i.exec(parameters)?.[1];
  return { start: readStamp(from, tzid, seriesStart), end: to === undefined || to.startsWith("P") ? null : readStamp(to, tzid, seriesStart) };
}

const STAMP = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/;

function readStamp(text: string, tzid: string | undefined, seriesStart: EventTime): EventTime {
  const [, year, month, day, hours, minutes, seconds, zulu] = STAMP.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  const zone = zulu === "Z" ? "UTC" : tzid === undefined ? zoneOf(seriesStart) : canonicalTimeZone(tzid);
  if (year === undefined || zone === null) throw invalid();
  try {
    const local = localOf(wallMsOf(`${date}T${hours ?? "00"}:${minutes ?? "00"}:${seconds ?? "00"}`));
    return hours === undefined ? { kind: "date", date } : { kind: "zoned", local, timeZone: zone };
  } catch {
    throw invalid();
  }
}

function zoneOf(time: EventTime): string {
  return time.kind === "zoned" ? time.timeZone : "UTC";
}
