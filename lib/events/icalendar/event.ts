import { fingerprint } from "../fingerprint";
import type { EventTime, EventWarning, Recurrence, RecurrenceDate, UnifiedEvent } from "../model";
import { recurrenceWarnings } from "../recurrence-warnings";
import { remindersOf } from "./alarms";
import { type IcsComponent, type IcsProperty, propertiesOf, propertyOf } from "./components";
import { detailsOf } from "./details";
import { afterDuration, checkedEnd, missingEnd } from "./event-end";
import { IcsError } from "./ics-error";
import { attendeeOf, personOf } from "./people";
import { parseDuration, parseTime, unescapeText } from "./values";
import type { ZoneReader } from "./zones";

/** One VEVENT (RFC 5545 §3.6.1) as a UnifiedEvent. Throws {@link IcsError} on what cannot be read. */
export function eventOf(vevent: IcsComponent, zones: ZoneReader): UnifiedEvent {
  const warnings = new Map<string, EventWarning>();
  const warn = (warning: EventWarning) => warnings.set(`${warning.code} ${warning.message}`, warning);
  const timeOf = (text: string, property: IcsProperty): EventTime =>
    zones.read(parseTime(text, property), property.params["tzid"], warn);

  const dtstart = propertyOf(vevent, "DTSTART");
  if (dtstart === null) throw new IcsError(vevent.line, "BEGIN:VEVENT", "starts an event without a DTSTART");
  const start = timeOf(dtstart.value, dtstart);
  const recurrenceIdProperty = propertyOf(vevent, "RECURRENCE-ID");
  const recurrenceId = recurrenceIdProperty && timeOf(recurrenceIdProperty.value, recurrenceIdProperty);
  const recurrence = recurrenceId === null ? recurrenceOf(vevent, timeOf) : null;
  if (recurrence !== null) recurrenceWarnings(recurrence, start).forEach(warn);
  if (recurrence !== null && propertyOf(vevent, "EXRULE") !== null) warn(EXRULE_WARNING);
  const organizer = propertyOf(vevent, "ORGANIZER");
  return {
    iCalUID: textOf(vevent, "UID")?.trim() || standInUid(vevent),
    recurrenceId,
    recurrenceRange: recurrenceIdProperty?.params["range"]?.toUpperCase() === "THISANDFUTURE" ? "thisAndFuture" : undefined,
    title: textOf(vevent, "SUMMARY") ?? "",
    description: textOf(vevent, "DESCRIPTION"),
    location: textOf(vevent, "LOCATION"),
    url: propertyOf(vevent, "URL")?.value.trim() || null,
    start,
    end: endOf(vevent, start, timeOf, warn),
    status: statusOf(vevent),
    transparency: enumOf(vevent, "TRANSP") === "TRANSPARENT" ? "transparent" : "opaque",
    visibility: visibilityOf(vevent),
    recurrence,
    organizer: organizer === null ? null : personOf(organizer),
    attendees: propertiesOf(vevent, "ATTENDEE").map(attendeeOf),
    ownResponse: null,
    reminders: remindersOf(vevent),
    ...detailsOf(vevent),
    sequence: sequenceOf(vevent),
    extended: null,
    warnings: [...warnings.values()],
  };
}

/** RFC 5545 appendix A.1 removed EXRULE; files from before it may still have one. */
const EXRULE_WARNING: EventWarning = {
  code: "unsupported_rule",
  message: "This series has a rule of exceptions of an old kind (EXRULE), which is not followed: more dates may appear than it has.",
};

/** Old producers leave UID out. The stand-in stays the same as long as the event does. */
function standInUid(vevent: IcsComponent): string {
  return `without-uid-${fingerprint(vevent.properties.map(({ name, value }) => `${name}:${value}`).join("\n"))}`;
}

export type TimeOf = (text: string, property: IcsProperty) => EventTime;

function endOf(vevent: IcsComponent, start: EventTime, timeOf: TimeOf, warn: (warning: EventWarning) => void): EventTime {
  const dtend = propertyOf(vevent, "DTEND");
  if (dtend !== null) return checkedEnd(start, timeOf(dtend.value, dtend), warn);
  const duration = propertyOf(vevent, "DURATION");
  if (duration !== null) return checkedEnd(start, afterDuration(start, parseDuration(duration.value, duration)), warn);
  return missingEnd(start);
}

/** RRULE, RDATE and EXDATE of a component; null where nothing repeats. `timeOf` reads a date in the terms of its property. */
export function recurrenceOf(vevent: IcsComponent, timeOf: TimeOf): Recurrence | null {
  const rrules = propertiesOf(vevent, "RRULE").map(({ value }) => value.trim());
  const rdates = propertiesOf(vevent, "RDATE").flatMap((property) => listOf(property).map((item) => rdateOf(item, property, timeOf)));
  if (rrules.length === 0 && rdates.length === 0) return null;
  const exdates = propertiesOf(vevent, "EXDATE").flatMap((property) => listOf(property).map((item) => timeOf(item, property)));
  return { rrules, rdates, exdates };
}

/** A date, a date-time, or a PERIOD with an end or a duration (RFC 5545 §3.8.5.2). */
function rdateOf(item: string, property: IcsProperty, timeOf: TimeOf): RecurrenceDate {
  const [from = "", to] = item.split("/");
  const start = timeOf(from, property);
  if (to === undefined) return { start, end: null };
  const end = /^[+-]?P/i.test(to) ? afterDuration(start, parseDuration(to, property)) : timeOf(to, property);
  return { start, end };
}

function listOf(property: IcsProperty): string[] {
  return property.value.split(",").map((item) => item.trim()).filter((item) => item !== "");
}

function textOf(vevent: IcsComponent, name: string): string | null {
  const property = propertyOf(vevent, name);
  return property === null || property.value === "" ? null : unescapeText(property.value);
}

function enumOf(vevent: IcsComponent, name: string): string {
  return propertyOf(vevent, name)?.value.trim().toUpperCase() ?? "";
}

function statusOf(vevent: IcsComponent): UnifiedEvent["status"] {
  const status = enumOf(vevent, "STATUS");
  return status === "CANCELLED" ? "cancelled" : status === "TENTATIVE" ? "tentative" : "confirmed";
}

function visibilityOf(vevent: IcsComponent): UnifiedEvent["visibility"] {
  const visibility = enumOf(vevent, "CLASS");
  if (visibility === "PUBLIC") return "public";
  if (visibility === "CONFIDENTIAL") return "confidential";
  // §3.8.1.3: what is not recognised must be treated as private.
  return visibility === "" ? "default" : "private";
}

function sequenceOf(vevent: IcsComponent): number {
  const value = propertyOf(vevent, "SEQUENCE")?.value.trim() ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}
