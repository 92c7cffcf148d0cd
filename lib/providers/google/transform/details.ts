import type { Attachment, Attendee, Conference, Reminders } from "../../../events/model";
import type { FieldValues } from "../../transform/fields";
import type { AttendeeJson, ConferenceJson, detailSchemas } from "./event-json";
import { entryWords, responseWords } from "./words";

type Details = FieldValues<typeof detailSchemas>;

export function attendeeOf(json: AttendeeJson): Attendee {
  return {
    name: json.displayName ?? null,
    email: json.email ?? null,
    response: responseWords.ours(json.responseStatus) ?? "needsAction",
    role: json.optional === true ? "optional" : "required",
    kind: json.resource === true ? "resource" : "individual",
    comment: json.comment ?? null,
    additionalGuests: json.additionalGuests ?? 0,
  };
}

export function attendeeJson(attendee: Attendee): AttendeeJson {
  return {
    ...(attendee.email === null ? {} : { email: attendee.email }),
    ...(attendee.name === null ? {} : { displayName: attendee.name }),
    responseStatus: responseWords.theirs(attendee.response),
    ...(attendee.role === "optional" || attendee.role === "none" ? { optional: true } : {}),
    ...(attendee.kind === "resource" || attendee.kind === "room" ? { resource: true } : {}),
    ...(attendee.comment === null ? {} : { comment: attendee.comment }),
    ...(attendee.additionalGuests === 0 ? {} : { additionalGuests: attendee.additionalGuests }),
  };
}

export function remindersOf(json: NonNullable<Details["reminders"]>): Reminders {
  if (json.useDefault === true) return { useDefault: true, list: [] };
  const list = (json.overrides ?? []).map(({ method, minutes }) => ({
    kind: "before" as const,
    method: method === "email" ? ("email" as const) : ("popup" as const),
    minutes,
    relatedTo: "start" as const,
  }));
  return { useDefault: false, list };
}

export function conferenceOf(json: ConferenceJson): Conference {
  return {
    service: json.conferenceSolution?.key?.type ?? null,
    name: json.conferenceSolution?.name ?? null,
    id: json.conferenceId ?? null,
    entries: (json.entryPoints ?? []).flatMap((entry) =>
      entry.uri === undefined
        ? []
        : [{
            kind: entryWords.ours(entry.entryPointType) ?? "more",
            uri: entry.uri,
            label: entry.label ?? null,
            code: entry.pin ?? entry.passcode ?? entry.password ?? entry.accessCode ?? entry.meetingCode ?? null,
          }],
    ),
    notes: json.notes ?? null,
  };
}

/** The inverse, as far as a client may say it: a conference that exists is repeated, none is made. */
export function conferenceJson(conference: Conference): ConferenceJson {
  return {
    ...(conference.id === null ? {} : { conferenceId: conference.id }),
    conferenceSolution: {
      ...(conference.service === null ? {} : { key: { type: conference.service } }),
      ...(conference.name === null ? {} : { name: conference.name }),
    },
    entryPoints: conference.entries.map(({ kind, uri, label, code }) => ({
      entryPointType: entryWords.theirs(kind),
      uri,
      ...(label === null ? {} : { label }),
      ...(code === null ? {} : { pin: code }),
    })),
    ...(conference.notes === null ? {} : { notes: conference.notes }),
  };
}

export function attachmentsOf(json: NonNullable<Details["attachments"]>): Attachment[] {
  return json.map(({ fileUrl, title, mimeType }) => ({ title: title ?? null, url: fileUrl ?? null, mimeType: mimeType ?? null }));
}

export function attachmentJson({ title, url, mimeType }: Attachment) {
  return {
    ...(url === null ? {} : { fileUrl: url }),
    ...(title === null ? {} : { title }),
    ...(mimeType === null ? {} : { mimeType }),
  };
}
