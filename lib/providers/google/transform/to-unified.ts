import { checkedEnd } from "../../../events/icalendar/event-end";
import type { EventTime, EventWarning, UnifiedEvent } from "../../../events/model";
import { fieldWarnings, type FieldValues, readFields } from "../../transform/fields";
import { looksLikeHtml, textOfHtml } from "../../transform/html-text";
import { isObject, type JsonObject } from "../../transform/json";
import { keptFields } from "../../transform/kept-fields";
import type { EventReading } from "../../transform/reading";
import { colorOf } from "./colors";
import { attachmentsOf, attendeeOf, conferenceOf, remindersOf } from "./details";
import { detailSchemas, essentialSchemas, googleKeepPlan } from "./event-json";
import { writtenEvent } from "./from-unified";
import { recurrenceOfLines } from "./recurrence";
import { type GoogleContext, timeOf } from "./times";
import { purposeWords, responseWords, statusWords, transparencyWords, visibilityWords } from "./words";

/**
 * One item of `events.list`, or the answer of `events.get`. Never throws: what cannot be understood is named,
 * and concerns this event only.
 */
export function toUnified(json: unknown, context: GoogleContext): EventReading {
  if (!isObject(json)) return { kind: "unreadable", remoteId: null, reason: "The provider sent something that is not an event." };
  const { id, etag } = json;
  if (typeof id !== "string" || id === "") return { kind: "unreadable", remoteId: null, reason: "The provider sent an event without an id." };
  try {
    return readEvent(json, id, typeof etag === "string" ? etag : null, context);
  } catch (error) {
    const reason = error instanceof RangeError ? "A date in it is outside what calendars can hold." : "It is not an event that can be understood.";
    return { kind: "unreadable", remoteId: id, reason };
  }
}

function readEvent(json: JsonObject, id: string, etag: string | null, context: GoogleContext): EventReading {
  const warnings = new Map<string, EventWarning>();
  const warn = (warning: EventWarning) => void warnings.set(`${warning.code} ${warning.message}`, warning);
  const essential = readFields(json, essentialSchemas);
  const [problem] = essential.problems.values();
  if (problem !== undefined) return { kind: "unreadable", remoteId: id, reason: problem };
  const { values, problems } = readFields(json, detailSchemas);
  fieldWarnings(problems).forEach(warn);

  const { originalStartTime, recurringEventId } = essential.values;
  const recurrenceId = originalStartTime === undefined ? null : timeOf(originalStartTime, context, warn);
  if (originalStartTime !== undefined && recurrenceId === null) return unreadableTime(id, "originalStartTime");
  if (values.status === "cancelled") {
    const named = instanceNamed(id);
    return { kind: "deleted", remoteId: id, seriesRemoteId: recurringEventId ?? named.seriesRemoteId, recurrenceId: recurrenceId ?? named.recurrenceId };
  }
  if (essential.values.start === undefined) return { kind: "unreadable", remoteId: id, reason: "The event has no start." };
  const start = timeOf(essential.values.start, context, warn);
  if (start === null) return unreadableTime(id, "start");
  const writtenEnd = essential.values.end === undefined ? start : timeOf(essential.values.end, context, warn);
  if (writtenEnd === null) return unreadableTime(id, "end");

  const event: UnifiedEvent = {
    iCalUID: values.iCalUID ?? `${id}@google.com`,
    recurrenceId,
    start,
    end: checkedEnd(start, writtenEnd, warn),
    recurrence: values.recurrence === undefined || recurrenceId !== null ? null : recurrenceOfLines(values.recurrence, start, warn),
    ...contentOf(values),
    extended: null,
    warnings: [],
  };
  const extended = keptFields(json, writtenEvent(event, context), googleKeepPlan);
  return { kind: "event", remoteId: id, seriesRemoteId: recurringEventId ?? null, etag, event: { ...event, extended, warnings: [...warnings.values()] } };
}

type Content = Omit<UnifiedEvent, "iCalUID" | "recurrenceId" | "start" | "end" | "recurrence" | "extended" | "warnings">;

function contentOf(values: FieldValues<typeof detailSchemas>): Content {
  const own = values.attendees?.find(({ self }) => self === true);
  return {
    title: values.summary ?? "",
    description: descriptionOf(values.description),
    location: values.location || null,
    url: values.source?.url ?? null,
    status: statusWords.ours(values.status) ?? "confirmed",
    transparency: transparencyWords.ours(values.transparency) ?? "opaque",
    visibility: visibilityWords.ours(values.visibility) ?? "default",
    purpose: purposeWords.ours(values.eventType) ?? "default",
    color: values.colorId === undefined ? null : colorOf(values.colorId),
    categories: [],
    organizer: values.organizer === undefined ? null : { name: values.organizer.displayName ?? null, email: values.organizer.email ?? null },
    attendees: (values.attendees ?? []).map(attendeeOf),
    ownResponse: own === undefined ? null : (responseWords.ours(own.responseStatus) ?? "needsAction"),
    reminders: values.reminders === undefined ? null : remindersOf(values.reminders),
    conference: values.conferenceData === undefined ? null : conferenceOf(values.conferenceData),
    attachments: attachmentsOf(values.attachments ?? []),
    sequence: values.sequence ?? 0,
  };
}

/** The field may hold HTML, and nothing says whether it does. */
function descriptionOf(description: string | undefined): string | null {
  if (description === undefined) return null;
  const text = looksLikeHtml(description) ? textOfHtml(description) : description;
  return text.trim() === "" ? null : text;
}

function unreadableTime(id: string, field: string): EventReading {
  return { kind: "unreadable", remoteId: id, reason: `Its “${field}” is not a date or time.` };
}

/** A deleted instance may come with nothing but its id, which ends in its original start. */
function instanceNamed(id: string): { seriesRemoteId: string | null; recurrenceId: EventTime | null } {
  const match = /^(.+)_(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(id);
  if (match === null) return { seriesRemoteId: null, recurrenceId: null };
  const [, series = "", year, month, day, hours, minutes, seconds] = match;
  const date = `${year}-${month}-${day}`;
  const recurrenceId: EventTime =
    hours === undefined ? { kind: "date", date } : { kind: "zoned", local: `${date}T${hours}:${minutes}:${seconds}`, timeZone: "UTC" };
  return { seriesRemoteId: series, recurrenceId };
}
