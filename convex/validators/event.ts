import { v, type Infer, type ObjectType } from "convex/values";
import type { EventDetails } from "../../lib/events/event-details";
import type { EventTime, UnifiedEvent } from "../../lib/events/model";

export const eventTime = v.union(
  v.object({ kind: v.literal("date"), date: v.string() }),
  v.object({ kind: v.literal("zoned"), local: v.string(), timeZone: v.string() }),
  v.object({ kind: v.literal("floating"), local: v.string() }),
);

const person = v.object({
  name: v.union(v.string(), v.null()),
  email: v.union(v.string(), v.null()),
});

const response = v.union(
  v.literal("needsAction"),
  v.literal("accepted"),
  v.literal("declined"),
  v.literal("tentative"),
  v.literal("delegated"),
);

export const attendee = person.extend({
  response,
  role: v.union(v.literal("required"), v.literal("optional"), v.literal("chair"), v.literal("none")),
  kind: v.union(
    v.literal("individual"),
    v.literal("group"),
    v.literal("resource"),
    v.literal("room"),
    v.literal("unknown"),
  ),
  comment: v.union(v.string(), v.null()),
  additionalGuests: v.number(),
});

const reminderMethod = v.union(v.literal("popup"), v.literal("email"), v.literal("sound"));

const reminders = v.object({
  useDefault: v.boolean(),
  list: v.array(
    v.union(
      v.object({
        kind: v.literal("before"),
        method: reminderMethod,
        minutes: v.number(),
        relatedTo: v.union(v.literal("start"), v.literal("end")),
      }),
      v.object({ kind: v.literal("at"), method: reminderMethod, at: v.string() }),
    ),
  ),
});

const conference = v.object({
  service: v.union(v.string(), v.null()),
  name: v.union(v.string(), v.null()),
  id: v.union(v.string(), v.null()),
  entries: v.array(
    v.object({
      kind: v.union(v.literal("video"), v.literal("phone"), v.literal("sip"), v.literal("more")),
      uri: v.string(),
      label: v.union(v.string(), v.null()),
      code: v.union(v.string(), v.null()),
    }),
  ),
  notes: v.union(v.string(), v.null()),
});

const attachment = v.object({
  title: v.union(v.string(), v.null()),
  url: v.union(v.string(), v.null()),
  mimeType: v.union(v.string(), v.null()),
});

const warning = v.object({
  code: v.union(
    v.literal("unknown_time_zone"),
    v.literal("end_before_start"),
    v.literal("unsupported_rule"),
    v.literal("unreadable_field"),
    v.literal("provider_limit"),
    v.literal("shortened"),
  ),
  message: v.string(),
});

/** What calendars draw of an event, and what its occurrences follow from; mirrors `EventCore`. */
export const eventCoreFields = {
  iCalUID: v.string(),
  recurrenceId: v.union(eventTime, v.null()),
  recurrenceRange: v.optional(v.literal("thisAndFuture")),
  title: v.string(),
  location: v.union(v.string(), v.null()),
  start: eventTime,
  end: eventTime,
  status: v.union(v.literal("confirmed"), v.literal("tentative"), v.literal("cancelled")),
  transparency: v.union(v.literal("opaque"), v.literal("transparent")),
  visibility: v.union(
    v.literal("default"),
    v.literal("public"),
    v.literal("private"),
    v.literal("confidential"),
  ),
  purpose: v.union(
    v.literal("default"),
    v.literal("outOfOffice"),
    v.literal("focusTime"),
    v.literal("workingElsewhere"),
    v.literal("birthday"),
  ),
  color: v.union(v.string(), v.null()),
  recurrence: v.union(
    v.object({
      rrules: v.array(v.string()),
      rdates: v.array(v.object({ start: eventTime, end: v.union(eventTime, v.null()) })),
      exdates: v.array(eventTime),
    }),
    v.null(),
  ),
  sequence: v.number(),
};

/** What only those need who look at the event itself or write it back; mirrors `EventDetails`. */
export const eventDetailFields = {
  description: v.union(v.string(), v.null()),
  url: v.union(v.string(), v.null()),
  categories: v.array(v.string()),
  organizer: v.union(person, v.null()),
  attendees: v.array(attendee),
  ownResponse: v.union(response, v.null()),
  reminders: v.union(reminders, v.null()),
  conference: v.union(conference, v.null()),
  attachments: v.array(attachment),
  extended: v.union(v.string(), v.null()),
  warnings: v.array(warning),
};

export const unifiedEvent = v.object({ ...eventCoreFields, ...eventDetailFields });

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Fails to compile when a validator and the type it mirrors drift apart. */
export const mirrors: [
  Same<Infer<typeof eventTime>, EventTime>,
  Same<Infer<typeof unifiedEvent>, UnifiedEvent>,
  Same<ObjectType<typeof eventDetailFields>, EventDetails>,
] = [true, true, true];
