import type { Attendee, Conference, ConferenceEntry, Person, Reminders, UnifiedEvent } from "../../events/model";
import { minutesBeforeStart } from "../../events/reminder-time";
import type { FieldValues } from "../transform/fields";
import { textOfHtml } from "../transform/html-text";
import type { AttendeeJson, detailSchemas } from "./event-json";
import { responseWords, typeWords } from "./words";

type Details = FieldValues<typeof detailSchemas>;

export function personOf(json: NonNullable<Details["organizer"]>): Person {
  return { name: json.emailAddress?.name || null, email: json.emailAddress?.address || null };
}

export function attendeeOf(json: AttendeeJson): Attendee {
  const type = json.type?.toLowerCase();
  return {
    ...personOf(json),
    response: responseWords.ours(json.status?.response) ?? "needsAction",
    role: typeWords.ours(type) ?? "required",
    kind: type === "resource" ? "resource" : "individual",
    comment: null,
    additionalGuests: 0,
  };
}

export function attendeeJson({ name, email, response, role, kind }: Attendee): AttendeeJson {
  return {
    type: kind === "resource" || kind === "room" ? "resource" : typeWords.theirs(role === "none" ? "optional" : role),
    status: { response: responseWords.theirs(response) },
    emailAddress: { ...(name === null ? {} : { name }), ...(email === null ? {} : { address: email }) },
  };
}

/** HTML becomes the text in it; its line ends are those of mail. */
export function descriptionOf(body: Details["body"]): string | null {
  const content = body?.content ?? "";
  const text = body?.contentType?.toLowerCase() === "html" ? textOfHtml(content) : content.replaceAll("\r\n", "\n");
  return text.trim() === "" ? null : text;
}

/** Several places are one text; `location` already has their names. */
export function locationOf({ location, locations }: Details): string | null {
  const names = (locations ?? []).flatMap(({ displayName }) => displayName || []);
  return location?.displayName || names.join("; ") || null;
}

export function remindersOf({ isReminderOn, reminderMinutesBeforeStart }: Details): Reminders | null {
  if (isReminderOn === undefined) return null;
  if (!isReminderOn || reminderMinutesBeforeStart === undefined) return { useDefault: false, list: [] };
  return { useDefault: false, list: [{ kind: "before", method: "popup", minutes: reminderMinutesBeforeStart, relatedTo: "start" }] };
}

/** An event has one reminder: the first that comes before the start is taken. */
export function reminderJson(event: UnifiedEvent): { isReminderOn?: boolean; reminderMinutesBeforeStart?: number } {
  if (event.reminders === null || event.reminders.useDefault) return {};
  const minutes = event.reminders.list.map((reminder) => minutesBeforeStart(reminder, event)).find((each) => each !== null && each >= 0) ?? null;
  return minutes === null ? { isReminderOn: false } : { isReminderOn: true, reminderMinutesBeforeStart: Math.round(minutes) };
}

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  teamsForBusiness: "Microsoft Teams",
  skypeForBusiness: "Skype for Business",
  skypeForConsumer: "Skype",
};

/** Addresses are the server's; a client says only that there is to be a meeting, and of which kind. */
export function conferenceOf({ isOnlineMeeting, onlineMeetingProvider, onlineMeeting, onlineMeetingUrl }: Details): Conference | null {
  const url = onlineMeeting?.joinUrl ?? onlineMeetingUrl;
  if (isOnlineMeeting !== true && !url) return null;
  const service = onlineMeetingProvider === undefined || onlineMeetingProvider === "unknown" ? null : onlineMeetingProvider;
  const numbers = [onlineMeeting?.tollNumber, ...(onlineMeeting?.tollFreeNumbers ?? []), ...(onlineMeeting?.phones ?? []).map(({ number }) => number)];
  const phones = numbers.filter((number) => number !== undefined && number !== "").map((number): ConferenceEntry => ({
    kind: "phone", uri: `tel:${String(number).replace(/[^\d+]/g, "")}`, label: String(number), code: onlineMeeting?.conferenceId ?? null,
  }));
  return {
    service,
    name: service !== null && Object.hasOwn(SERVICE_NAMES, service) ? (SERVICE_NAMES[service] ?? null) : null,
    id: onlineMeeting?.conferenceId ?? null,
    entries: [...(url ? [{ kind: "video" as const, uri: url, label: null, code: null }] : []), ...phones],
    notes: null,
  };
}

/** Another service's meeting must not be written: Graph would make a new one of its own. */
export function isWritableConference({ conference }: Pick<UnifiedEvent, "conference">): boolean {
  if (conference === null) return false;
  return conference.service === null ? conference.entries.length === 0 : Object.hasOwn(SERVICE_NAMES, conference.service);
}
