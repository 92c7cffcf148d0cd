import { z } from "zod";
import { isObject } from "../transform/json";
import type { KeepPlan } from "../transform/kept-fields";

/**
 * What the event resource of Microsoft Graph (v1.0) holds, as far as events are made of it. The schemas ask
 * for types only: values that are new to us are kept, not refused.
 */
const text = z.string();
const flag = z.boolean();

export const dateTimeJson = z.object({ dateTime: text, timeZone: text.optional() });
export type DateTimeJson = z.infer<typeof dateTimeJson>;

const emailAddress = z.object({ name: text, address: text }).partial();

export const attendeeJson = z.object({
  emailAddress: emailAddress.optional(),
  type: text.optional(),
  status: z.object({ response: text }).partial().optional(),
});
export type AttendeeJson = z.infer<typeof attendeeJson>;

export const patternJson = z.object({
  type: text,
  interval: z.int().min(1),
  month: z.int().optional(),
  dayOfMonth: z.int().optional(),
  daysOfWeek: z.array(text).optional(),
  firstDayOfWeek: text.optional(),
  index: text.optional(),
});
export type PatternJson = z.infer<typeof patternJson>;

export const rangeJson = z.object({
  type: text,
  startDate: text,
  endDate: text.optional(),
  numberOfOccurrences: z.int().optional(),
  recurrenceTimeZone: text.optional(),
});
export type RangeJson = z.infer<typeof rangeJson>;

export const recurrenceJson = z.object({ pattern: patternJson, range: rangeJson });
export type RecurrenceJson = z.infer<typeof recurrenceJson>;

export const onlineMeetingJson = z
  .object({ joinUrl: text, conferenceId: text, tollNumber: text, tollFreeNumbers: z.array(text), phones: z.array(z.object({ number: text }).partial()) })
  .partial();
export type OnlineMeetingJson = z.infer<typeof onlineMeetingJson>;

/** Without these there is no event to show. */
export const essentialSchemas = { start: dateTimeJson, end: dateTimeJson, isAllDay: flag, type: text, seriesMasterId: text };

const locationJson = z.object({ displayName: text }).partial();

export const detailSchemas = {
  uid: text,
  iCalUId: text,
  occurrenceId: text,
  originalStart: text,
  originalStartTimeZone: text,
  originalEndTimeZone: text,
  subject: text,
  body: z.object({ contentType: text, content: text }).partial(),
  location: locationJson,
  locations: z.array(locationJson),
  isCancelled: flag,
  showAs: text,
  sensitivity: text,
  categories: z.array(text),
  recurrence: recurrenceJson,
  cancelledOccurrences: z.array(text),
  organizer: z.object({ emailAddress }).partial(),
  attendees: z.array(attendeeJson),
  responseStatus: z.object({ response: text }).partial(),
  isReminderOn: flag,
  reminderMinutesBeforeStart: z.int(),
  isOnlineMeeting: flag,
  onlineMeetingProvider: text,
  onlineMeeting: onlineMeetingJson,
  onlineMeetingUrl: text,
};

/**
 * The fields that a client may set by creating or updating an event, with its extended properties. Organizer,
 * answers, meeting addresses and identifiers are the server's; attachments have an endpoint of their own.
 */
export const graphKeepPlan: KeepPlan = {
  provider: "microsoft",
  fields: [
    "allowNewTimeProposals", "attendees", "body", "categories", "end", "extensions", "hideAttendees", "importance", "isAllDay", "isOnlineMeeting",
    "isReminderOn", "location", "locations", "multiValueExtendedProperties", "onlineMeetingProvider", "recurrence",
    "reminderMinutesBeforeStart", "responseRequested", "sensitivity", "showAs", "singleValueExtendedProperties", "start", "subject", "transactionId",
  ],
  groups: [
    ["start", "end", "isAllDay"],
    ["location", "locations"],
    ["isReminderOn", "reminderMinutesBeforeStart"],
    ["isOnlineMeeting", "onlineMeetingProvider"],
  ],
  objects: {},
  lists: {
    attendees: {
      fields: ["emailAddress", "proposedNewTime", "status", "type"],
      keyOf: (member) => {
        const address = isObject(member["emailAddress"]) ? member["emailAddress"]["address"] : null;
        return typeof address === "string" ? address.toLowerCase() : null;
      },
    },
  },
};
