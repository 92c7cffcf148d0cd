import type { EventTime, EventWarning, Recurrence } from "../../../events/model";
import type { IcsProperty } from "../../../events/icalendar/property";
import { recurrenceOf } from "../../../events/icalendar/event";
import { parseTime } from "../../../events/icalendar/values";
import { contentLine, propertyOfLine } from "../../../events/icalendar/write/content-line";
import { dateLists } from "../../../events/icalendar/write/date-values";
import { zoneEffort, zoneReader } from "../../../events/icalendar/zones";
import { inTermsOf } from "../../../events/recurrence-match";
import { recurrenceWarnings } from "../../../events/recurrence-warnings";

/** RRULE, EXRULE, RDATE and EXDATE as the API has them: RFC 5545 content lines, without DTSTART. */
export function recurrenceOfLines(lines: readonly string[], start: EventTime, warn: (warning: EventWarning) => void): Recurrence | null {
  const zones = zoneReader({ name: "VCALENDAR", properties: [], components: [], line: 0, broken: null }, zoneEffort());
  const timeOf: Parameters<typeof recurrenceOf>[1] = (text, property) => {
    const time = zones.read(parseTime(text, property), property.params["tzid"], warn);
    // A time without a zone is one of the series' own zone.
    return time.kind === "floating" ? inTermsOf(time, start) : time;
  };
  const found: Recurrence = { rrules: [], rdates: [], exdates: [] };
  for (const line of lines) {
    const property = propertyOfLine(line);
    const read = property === null ? null : readLine(property, timeOf);
    if (read === null) {
      warn({ code: "unsupported_rule", message: `A part of the repetition of this event is not understood (${line.slice(0, 60)}); it is kept, but not shown.` });
      continue;
    }
    found.rrules.push(...read.rrules);
    found.rdates.push(...read.rdates);
    found.exdates.push(...read.exdates);
  }
  if (found.rrules.length === 0 && found.rdates.length === 0) return null;
  recurrenceWarnings(found, start).forEach(warn);
  return found;
}

/** The inverse; EXRULE is kept beside the event, since no event of ours has one. */
export function recurrenceLines(recurrence: Recurrence): string[] {
  const tzidOf = ({ timeZone }: { timeZone: string }) => timeZone;
  const lines = (name: string, dates: Recurrence["rdates"]) =>
    dateLists(dates, tzidOf).map(({ params, value }) => contentLine(name, Object.fromEntries(params.map((param) => [param.name, param.value])), value));
  return [
    ...recurrence.rrules.map((rule) => contentLine("RRULE", {}, rule)),
    ...lines("RDATE", recurrence.rdates),
    ...lines("EXDATE", recurrence.exdates.map((start) => ({ start, end: null }))),
  ];
}

function readLine(property: IcsProperty, timeOf: Parameters<typeof recurrenceOf>[1]): Recurrence | null {
  if (!["RRULE", "RDATE", "EXDATE"].includes(property.name)) return null;
  // Without a rule, an EXDATE is no recurrence to the reader.
  const rule = property.name === "EXDATE" ? [{ ...property, name: "RRULE", value: "" }] : [];
  try {
    const read = recurrenceOf({ name: "VEVENT", properties: [property, ...rule], components: [], line: 0, broken: null }, timeOf);
    return read === null ? null : { ...read, rrules: read.rrules.filter((text) => text !== "") };
  } catch {
    return null;
  }
}
