import { v, type Infer } from "convex/values";
import type { EventTime, UnifiedEvent } from "../lib/events/model";

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

const attendee = person.extend({
  response: v.union(
    v.literal("needsAction"),
    v.literal("accepted"),
    v.literal("declined"),
    v.literal("tentative"),
    v.literal("delegated"),
  ),
  role: v.union(v.literal("required"), v.literal("optional"), v.literal("chair"), v.literal("none")),
});

const warning = v.object({
  code: v.union(
    v.literal("unknown_time_zone"),
    v.literal("end_before_start"),
    v.literal("unsupported_rule"),
  ),
  message: v.string(),
});

export const unifiedEventFields = {
  iCalUID: v.string(),
  recurrenceId: v.union(eventTime, v.null()),
  title: v.string(),
  description: v.union(v.string(), v.null()),
  location: v.union(v.string(), v.null()),
  url: v.union(v.string(), v.null()),
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
  recurrence: v.union(
    v.object({
      rrules: v.array(v.string()),
      rdates: v.array(v.object({ start: eventTime, end: v.union(eventTime, v.null()) })),
      exdates: v.array(eventTime),
    }),
    v.null(),
  ),
  organizer: v.union(person, v.null()),
  attendees: v.array(attendee),
  sequence: v.number(),
  warnings: v.array(warning),
};

export const unifiedEvent = v.object(unifiedEventFields);

/** One remote resource as a run found it; mirrors `RemoteChange` of the provider port. */
export const remoteChange = v.union(
  v.object({
    kind: v.literal("upsert"),
    remoteId: v.string(),
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
  v.object({ kind: v.literal("deleted"), remoteId: v.string() }),
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

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Fails to compile when a validator and the type it mirrors drift apart. */
export const mirrors: [
  Same<Infer<typeof eventTime>, EventTime>,
  Same<Infer<typeof unifiedEvent>, UnifiedEvent>,
] = [true, true];
