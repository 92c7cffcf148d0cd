import { v } from "convex/values";
import { attendee, eventCoreFields, eventDetailFields } from "./event";

/**
 * The row of an event. What is optional here came with a later version: a row that was written before keeps lacking it
 * until the event changes at its provider, and `coreOf` reads it as what such an event says.
 */
export const storedEventFields = {
  ...eventCoreFields,
  purpose: v.optional(eventCoreFields.purpose),
  color: v.optional(eventCoreFields.color),
};

/**
 * Details of an event that was stored when they were still a part of its row; absent on every other. Whatever writes the
 * event moves them to `eventDetails`, and `events/upgrade` those of events that nobody touches.
 */
export const earlierDetailFields = {
  description: v.optional(eventDetailFields.description),
  url: v.optional(eventDetailFields.url),
  categories: v.optional(eventDetailFields.categories),
  organizer: v.optional(eventDetailFields.organizer),
  attendees: v.optional(
    v.array(
      attendee.extend({
        kind: v.optional(attendee.fields.kind),
        comment: v.optional(attendee.fields.comment),
        additionalGuests: v.optional(attendee.fields.additionalGuests),
      }),
    ),
  ),
  ownResponse: v.optional(eventDetailFields.ownResponse),
  reminders: v.optional(eventDetailFields.reminders),
  conference: v.optional(eventDetailFields.conference),
  attachments: v.optional(eventDetailFields.attachments),
  extended: v.optional(eventDetailFields.extended),
  warnings: v.optional(eventDetailFields.warnings),
};

/** What a tile draws of an event; what is left off is as most events have it (`faceOf`). */
export const occurrenceFaceFields = {
  title: eventCoreFields.title,
  location: v.optional(eventCoreFields.location),
  status: v.optional(eventCoreFields.status),
  transparency: v.optional(eventCoreFields.transparency),
};
