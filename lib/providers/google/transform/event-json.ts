import { z } from "zod";
import type { KeepPlan } from "../../transform/kept-fields";

/**
 * What the Events resource of the Google Calendar API (v3) holds, as far as events are made of it. The schemas
 * ask for types only: values that are new to us are kept, not refused.
 */
export const eventTimeJson = z.object({ date: z.string(), dateTime: z.string(), timeZone: z.string() }).partial();
export type EventTimeJson = z.infer<typeof eventTimeJson>;

const text = z.string();
const flag = z.boolean();

const person = z.object({ email: text, displayName: text, self: flag }).partial();

export const attendeeJson = person.extend({
  optional: flag.optional(),
  resource: flag.optional(),
  organizer: flag.optional(),
  responseStatus: text.optional(),
  comment: text.optional(),
  additionalGuests: z.int().min(0).optional(),
});
export type AttendeeJson = z.infer<typeof attendeeJson>;

export const entryPointJson = z
  .object({ entryPointType: text, uri: text, label: text, pin: text, accessCode: text, meetingCode: text, passcode: text, password: text })
  .partial();

export const conferenceJson = z
  .object({
    conferenceId: text,
    conferenceSolution: z.object({ key: z.object({ type: text }).partial(), name: text }).partial(),
    entryPoints: z.array(entryPointJson),
    notes: text,
  })
  .partial();
export type ConferenceJson = z.infer<typeof conferenceJson>;

/** Without these there is no event to show. */
export const essentialSchemas = { start: eventTimeJson, end: eventTimeJson, originalStartTime: eventTimeJson, recurringEventId: text };

export const detailSchemas = {
  iCalUID: text,
  status: text,
  summary: text,
  description: text,
  location: text,
  source: z.object({ url: text, title: text }).partial(),
  transparency: text,
  visibility: text,
  eventType: text,
  colorId: text,
  recurrence: z.array(text),
  organizer: person,
  attendees: z.array(attendeeJson),
  reminders: z.object({ useDefault: flag, overrides: z.array(z.object({ method: text, minutes: z.int() })) }).partial(),
  conferenceData: conferenceJson,
  attachments: z.array(z.object({ fileUrl: text, title: text, mimeType: text }).partial()),
  sequence: z.int().min(0),
};

/**
 * The fields that the API lets a client set, when the event is made, imported or changed. `id` and
 * `recurringEventId` name the event and are not part of its content. What the reference calls read-only
 * (`created`, `etag`, `htmlLink`, `locked`, `self`, …) is not written back.
 */
export const googleKeepPlan: KeepPlan = {
  provider: "google",
  fields: [
    "anyoneCanAddSelf", "attachments", "attendees", "attendeesOmitted", "birthdayProperties", "colorId", "conferenceData", "description", "end",
    "endTimeUnspecified", "eventLabelId", "eventType", "extendedProperties", "focusTimeProperties", "gadget", "guestsCanInviteOthers",
    "guestsCanModify", "guestsCanSeeOtherGuests", "iCalUID", "location", "organizer", "originalStartTime", "outOfOfficeProperties",
    "privateCopy", "recurrence", "reminders", "sequence", "source", "start", "status", "summary", "transparency", "visibility",
    "workingLocationProperties",
  ],
  groups: [["start", "end", "endTimeUnspecified"], ["eventType", "outOfOfficeProperties", "focusTimeProperties", "workingLocationProperties", "birthdayProperties"], ["colorId", "eventLabelId"]],
  objects: { organizer: ["displayName", "email", "id"] },
  lists: {
    attendees: {
      fields: ["additionalGuests", "comment", "displayName", "email", "id", "optional", "resource", "responseStatus"],
      keyOf: (member) => (typeof member["email"] === "string" ? member["email"].toLowerCase() : null),
    },
    attachments: {
      fields: ["fileUrl", "iconLink", "mimeType", "title"],
      keyOf: (member) => (typeof member["fileUrl"] === "string" ? member["fileUrl"] : null),
    },
  },
};
