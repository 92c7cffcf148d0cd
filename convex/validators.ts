import { v, type Infer, type ObjectType } from "convex/values";
import type { EventDetails } from "../lib/events/event-details";
import type { EventTime, UnifiedEvent } from "../lib/events/model";
import { ALERT_KINDS, ALERT_SEVERITIES, type AlertKind } from "../lib/monitoring/alert-kinds";
import { AUDIT_ACTIONS, AUDIT_OBJECTS, AUDIT_OUTCOMES, type AuditAction } from "../lib/monitoring/audit-actions";
import { SAMPLE_OUTCOMES, SYNC_TYPES } from "../lib/monitoring/rollup";

/*
 * Convex validators of the shapes that tables, arguments and answers share. Those that
 * mirror a type of `lib/` are checked against it at the end of this file.
 */

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

const attendee = person.extend({
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
const eventCoreFields = {
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

/** What a tile draws of an event. */
export const occurrenceFaceFields = {
  title: eventCoreFields.title,
  location: eventCoreFields.location,
  status: eventCoreFields.status,
  transparency: eventCoreFields.transparency,
};

/** One remote resource as a run found it; mirrors `RemoteChange` of the provider port. */
export const remoteChange = v.union(
  v.object({
    kind: v.literal("upsert"),
    remoteId: v.string(),
    seriesRemoteId: v.union(v.string(), v.null()),
    etag: v.string(),
    iCalUID: v.string(),
    events: v.array(unifiedEvent),
  }),
  v.object({
    kind: v.literal("unreadable"),
    remoteId: v.string(),
    etag: v.string(),
    reason: v.string(),
  }),
  v.object({
    kind: v.literal("deleted"),
    remoteId: v.string(),
    occurrence: v.union(v.object({ seriesRemoteId: v.string(), recurrenceId: eventTime }), v.null()),
  }),
);

export const accessRole = v.union(v.literal("owner"), v.literal("writer"), v.literal("reader"));

export const remoteCalendar = v.object({
  remoteId: v.string(),
  name: v.string(),
  description: v.union(v.string(), v.null()),
  color: v.union(v.string(), v.null()),
  timeZone: v.union(v.string(), v.null()),
  accessRole,
});

export const connectionStatus = v.union(
  v.literal("active"),
  v.literal("degraded"),
  v.literal("reconnect_required"),
  v.literal("paused"),
  v.literal("disconnecting"),
);

/** Something is wrong: what, and what to do about it. */
export const issue = v.object({ code: v.string(), message: v.string(), action: v.string() });

export const jobType = v.union(
  v.literal("full_sync"),
  v.literal("incremental_sync"),
  v.literal("webhook_sync"),
  v.literal("polling_sync"),
  v.literal("push_event"),
  v.literal("renew_subscription"),
  v.literal("refresh_calendar_list"),
);

export const jobPriority = v.union(
  v.literal("critical"),
  v.literal("high"),
  v.literal("medium"),
  v.literal("low"),
);

export const jobStatus = v.union(
  v.literal("pending"),
  v.literal("processing"),
  v.literal("retry"),
  v.literal("completed"),
  v.literal("failed"),
  v.literal("cancelled"),
);

/** What stopped a run, as the provider port names it; mirrors `ProviderFailure`. */
export const providerFailure = v.union(
  v.object({ kind: v.literal("authRevoked"), code: v.string(), message: v.string(), action: v.string() }),
  v.object({
    kind: v.literal("rateLimited"),
    code: v.string(),
    message: v.string(),
    action: v.string(),
    retryAfterMs: v.union(v.number(), v.null()),
  }),
  v.object({
    kind: v.literal("unavailable"),
    code: v.string(),
    message: v.string(),
    action: v.string(),
    retryAfterMs: v.union(v.number(), v.null()),
  }),
  v.object({ kind: v.literal("rejected"), code: v.string(), message: v.string(), action: v.string() }),
);

/** One of several words. */
function oneOf<Word extends string>(words: readonly Word[]) {
  return v.union(...words.map((word) => v.literal(word)));
}

/** What a run read. */
export const syncType = oneOf(SYNC_TYPES);

export const auditAction = oneOf(Object.keys(AUDIT_ACTIONS) as AuditAction[]);
export const auditObject = oneOf(AUDIT_OBJECTS);
export const auditOutcome = oneOf(AUDIT_OUTCOMES);

export const alertKind = oneOf(Object.keys(ALERT_KINDS) as AlertKind[]);
export const alertSeverity = oneOf(ALERT_SEVERITIES);
/** What an alert is about: something that a page can open. The label is an account's or a provider's name. */
export const alertSubject = v.object({
  kind: v.union(v.literal("connection"), v.literal("calendar"), v.literal("provider")),
  id: v.string(),
  label: v.string(),
});

/** One measured end of a job's turn. */
export const turn = v.object({
  type: jobType,
  /** What was read; null where the turn did not get that far. */
  syncType: v.union(syncType, v.null()),
  outcome: oneOf(SAMPLE_OUTCOMES),
  /** From when it was due to when it was claimed, and from there to its end; milliseconds. */
  waitMs: v.number(),
  runMs: v.number(),
  /** Events written or deleted. */
  changes: v.number(),
  /** HTTP calls to the provider, and what they took together in milliseconds. */
  apiCalls: v.number(),
  callMs: v.number(),
  /** Code of what stopped it; null where nothing did. */
  errorCode: v.union(v.string(), v.null()),
  at: v.number(),
});
export const callsByType = v.object({ type: jobType, turns: v.number(), apiCalls: v.number() });
export const resultsBySyncType = v.object({ syncType, turns: v.number(), changes: v.number(), apiCalls: v.number() });
export const resultsByProvider = v.object({
  provider: v.string(),
  turns: v.number(),
  failures: v.number(),
  apiCalls: v.number(),
  callMs: v.number(),
});
export const priorityCounts = v.object({
  critical: v.number(),
  high: v.number(),
  medium: v.number(),
  low: v.number(),
});
/** What goes on with a connection's tokens; see `connections/credentials/refresh`. */
export const refreshState = v.union(
  v.object({ kind: v.literal("running"), leaseId: v.string(), expiresAt: v.number() }),
  v.object({ kind: v.literal("failed"), failure: providerFailure, at: v.number() }),
);

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Fails to compile when a validator and the type it mirrors drift apart. */
export const mirrors: [
  Same<Infer<typeof eventTime>, EventTime>,
  Same<Infer<typeof unifiedEvent>, UnifiedEvent>,
  Same<ObjectType<typeof eventDetailFields>, EventDetails>,
] = [true, true, true];
