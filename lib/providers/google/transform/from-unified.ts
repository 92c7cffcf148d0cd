import type { UnifiedEvent } from "../../../events/model";
import { htmlOfText, looksLikeHtml } from "../../transform/html-text";
import type { JsonObject } from "../../transform/json";
import { writerOf } from "../../transform/writer";
import { exactColorId, nearestColorId } from "./colors";
import { attachmentJson, attendeeJson, conferenceJson } from "./details";
import { googleKeepPlan } from "./event-json";
import { googleLimits, isWritableConference, isWritablePurpose, sourceUrl } from "./limits";
import { recurrenceLines } from "./recurrence";
import { remindersJson } from "./reminders";
import { type GoogleContext, timeJson } from "./times";
import { purposeWords, statusWords, transparencyWords, visibilityWords } from "./words";

/** The event as the Google Calendar API takes it: whole for a new one, its changed fields for one that is there. */
export const { fromUnified, patchFromUnified } = writerOf<GoogleContext>({ plan: googleKeepPlan, limits: googleLimits, label: "Google Calendar", written: writtenEvent });

/** The event in our words alone. */
export function writtenEvent(event: UnifiedEvent, context: GoogleContext): JsonObject {
  const { organizer } = event;
  const source = sourceUrl(event);
  const guests = event.attendees.filter(({ email }) => email !== null);
  const links = event.attachments.filter(({ url }) => url !== null);
  return {
    iCalUID: event.iCalUID,
    status: statusWords.theirs(event.status),
    ...optional("summary", event.title || null),
    ...optional("description", event.description === null ? null : descriptionJson(event.description)),
    ...optional("location", event.location),
    ...optional("source", source === null ? null : { url: source }),
    start: timeJson(event.start, context),
    end: timeJson(event.end, context),
    ...optional("originalStartTime", event.recurrenceId === null ? null : timeJson(event.recurrenceId, context)),
    ...optional("recurrence", event.recurrence === null ? null : recurrenceLines(event.recurrence)),
    ...optional("transparency", event.transparency === "opaque" ? null : transparencyWords.theirs(event.transparency)),
    ...optional("visibility", event.visibility === "default" ? null : visibilityWords.theirs(event.visibility)),
    eventType: purposeWords.theirs(isWritablePurpose(event) ? event.purpose : "default"),
    ...optional("colorId", event.color === null ? null : (exactColorId(event.color) ?? nearestColorId(event.color))),
    ...optional("organizer", organizer === null ? null : { ...optional("displayName", organizer.name), ...optional("email", organizer.email) }),
    ...optional("attendees", guests.length === 0 ? null : guests.map(attendeeJson)),
    ...optional("reminders", event.reminders === null ? null : remindersJson(event)),
    ...optional("conferenceData", isWritableConference(event) && event.conference !== null ? conferenceJson(event.conference) : null),
    ...optional("attachments", links.length === 0 ? null : links.map(attachmentJson)),
    sequence: event.sequence,
  };
}

/** Text that Google would take for HTML is written as HTML. */
function descriptionJson(description: string): string {
  return looksLikeHtml(description) ? htmlOfText(description) : description;
}

function optional(name: string, value: unknown): JsonObject {
  return value === null ? {} : { [name]: value };
}
