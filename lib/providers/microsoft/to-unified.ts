import { checkedEnd } from "../../events/icalendar/event-end";
import type { EventTime, EventWarning, Recurrence, UnifiedEvent } from "../../events/model";
import { fieldWarnings, type FieldValues, readFields } from "../transform/fields";
import { isObject, type JsonObject } from "../transform/json";
import { keptFields } from "../transform/kept-fields";
import type { EventReading } from "../transform/reading";
import { attendeeOf, conferenceOf, descriptionOf, locationOf, personOf, remindersOf } from "./details";
import { detailSchemas, essentialSchemas, graphKeepPlan, type DateTimeJson } from "./event-json";
import { writtenEvent } from "./from-unified";
import { occurrenceDate, originalStartOf, seriesUid } from "./original-start";
import { ruleOf } from "./recurrence-to-rule";
import { dateOf, timeOf } from "./times";
import { responseWords, sensitivityWords, shownAs } from "./words";

/** What has to be known beside an event to write it. */
export interface GraphContext {
  /** IANA id of the mailbox's zone: that of floating times. Null when it is not known. */
  mailboxTimeZone: string | null;
}

/**
 * One item of `calendarView/delta` or of an event collection. Never throws: what cannot be understood is named,
 * and concerns this event only.
 */
export function toUnified(json: unknown, context: GraphContext): EventReading {
  if (!isObject(json)) return { kind: "unreadable", remoteId: null, reason: "The provider sent something that is not an event." };
  const { id } = json;
  if (typeof id !== "string" || id === "") return { kind: "unreadable", remoteId: null, reason: "The provider sent an event without an id." };
  if (isObject(json["@removed"])) return { kind: "deleted", remoteId: id, seriesRemoteId: null, recurrenceId: null };
  try {
    return readEvent(json, id, context);
  } catch (error) {
    const reason = error instanceof RangeError ? "A date in it is outside what calendars can hold." : "It is not an event that can be understood.";
    return { kind: "unreadable", remoteId: id, reason };
  }
}

type Details = FieldValues<typeof detailSchemas>;
type Warn = (warning: EventWarning) => void;

function readEvent(json: JsonObject, id: string, context: GraphContext): EventReading {
  const warnings = new Map<string, EventWarning>();
  const warn: Warn = (warning) => void warnings.set(`${warning.code} ${warning.message}`, warning);
  const essential = readFields(json, essentialSchemas);
  const [problem] = essential.problems.values();
  if (problem !== undefined) return { kind: "unreadable", remoteId: id, reason: problem };
  const { type, seriesMasterId, isAllDay } = essential.values;
  // §“Get incremental changes to events”: occurrences that follow their master have hardly more than their times.
  if (type === "occurrence" && seriesMasterId !== undefined) return { kind: "occurrence", remoteId: id, seriesRemoteId: seriesMasterId };
  const { values, problems } = readFields(json, detailSchemas);
  fieldWarnings(problems).forEach(warn);
  if (essential.values.start === undefined) return { kind: "unreadable", remoteId: id, reason: "The event has no start." };

  const startZone = values.originalStartTimeZone ?? values.recurrence?.range.recurrenceTimeZone;
  const read = (time: DateTimeJson, zone: string | undefined) => (isAllDay === true ? dateOf(time, zone) : timeOf(time, zone, warn));
  const start = read(essential.values.start, startZone);
  if (start === null) return { kind: "unreadable", remoteId: id, reason: "Its “start” is not a date and time." };
  const end = essential.values.end === undefined ? start : read(essential.values.end, values.originalEndTimeZone ?? startZone);
  if (end === null) return { kind: "unreadable", remoteId: id, reason: "Its “end” is not a date and time." };

  const event: UnifiedEvent = {
    iCalUID: values.uid ?? (values.iCalUId === undefined ? id : seriesUid(values.iCalUId)),
    recurrenceId: type === "exception" ? exceptionStart(values, start, warn) : null,
    start,
    end: checkedEnd(start, end, warn),
    recurrence: type === "exception" ? null : recurrenceOf(values, start, warn),
    ...contentOf(values),
    extended: null,
    warnings: [],
  };
  const extended = keptFields(json, writtenEvent(event, context), graphKeepPlan);
  const etag = json["@odata.etag"];
  return {
    kind: "event",
    remoteId: id,
    seriesRemoteId: type === "exception" ? (seriesMasterId ?? null) : null,
    etag: typeof etag === "string" ? etag : null,
    event: { ...event, extended, warnings: [...warnings.values()] },
  };
}

function exceptionStart(values: Details, start: EventTime, warn: Warn): EventTime {
  const original = originalStartOf(values, start);
  if (original !== null) return original;
  warn({ code: "unreadable_field", message: "The provider did not say which date of the series this event replaces; its own is taken." });
  return start;
}

function recurrenceOf(values: Details, start: EventTime, warn: Warn): Recurrence | null {
  if (values.recurrence === undefined) return null;
  const rule = ruleOf(values.recurrence, start);
  if (rule === null) {
    warn({ code: "unsupported_rule", message: "The repetition of this event is of a kind that cannot be shown; only its first date appears." });
    return null;
  }
  const exdates = (values.cancelledOccurrences ?? []).flatMap((each): EventTime[] => {
    const date = occurrenceDate(each);
    return date === null ? [] : [{ kind: "date", date }];
  });
  return { rrules: [rule], rdates: [], exdates };
}

type Content = Omit<UnifiedEvent, "iCalUID" | "recurrenceId" | "start" | "end" | "recurrence" | "extended" | "warnings">;

function contentOf(values: Details): Content {
  const shown = shownAs(values.showAs);
  const answer = values.responseStatus?.response;
  return {
    title: values.subject ?? "",
    description: descriptionOf(values.body),
    location: locationOf(values),
    url: null,
    ...shown,
    status: values.isCancelled === true ? "cancelled" : shown.status,
    visibility: sensitivityWords.ours(values.sensitivity) ?? "default",
    color: null,
    categories: values.categories ?? [],
    organizer: values.organizer === undefined ? null : personOf(values.organizer),
    attendees: (values.attendees ?? []).map(attendeeOf),
    ownResponse: answer === "none" || answer === "organizer" ? null : (responseWords.ours(answer) ?? null),
    reminders: remindersOf(values),
    conference: conferenceOf(values),
    // Files are read from an endpoint of their own.
    attachments: [],
    sequence: 0,
  };
}
