import { defineTable } from "convex/server";
import { v } from "convex/values";
import { eventDetailFields, eventTime } from "../validators/event";
import { earlierDetailFields, occurrenceFaceFields, storedEventFields } from "../validators/storedEvent";

export const events = {
  /** A single event, a series master or an exception, without its details. Written by sync, read by views; its id never changes. */
  unifiedEvents: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    /** The resource that these events are expanded with: an exception names its series'. */
    mappingId: v.id("providerEventMappings"),
    /** The resource it came in, where an exception is one of its own (Google); absent elsewhere. */
    resourceId: v.optional(v.id("providerEventMappings")),
    /** Canonical key of `recurrenceId`; empty on a single event or a master. */
    recurrenceKey: v.string(),
    ...storedEventFields,
    ...earlierDetailFields,
    /**
     * Set on the event that stands for a series (its master, or its first exception when the
     * master is missing): `stored` has its occurrences in `eventOccurrences` for the rolling
     * window, `onRead` is expanded by the query. Null on single events and other exceptions.
     */
    projection: v.union(v.literal("stored"), v.literal("onRead"), v.null()),
  })
    .index("by_mappingId_recurrenceKey", ["mappingId", "recurrenceKey"])
    .index("by_resourceId", ["resourceId"])
    .index("by_calendarId_projection", ["calendarId", "projection"])
    .index("by_projection", ["projection"])
    .index("by_calendarId", ["calendarId"]),

  /**
   * What only the inspector and whoever writes an event back need of it; an event that has none of it has no row. Written with
   * the event, by `events/stored` alone.
   */
  eventDetails: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    eventId: v.id("unifiedEvents"),
    ...eventDetailFields,
  }).index("by_calendarId_eventId", ["calendarId", "eventId"]),

  /** One occurrence, as a tile draws it. Written by the projection and, of single events, by sync; read in tiles. */
  eventOccurrences: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    mappingId: v.id("providerEventMappings"),
    /** The event that describes this occurrence: master, exception or single event. */
    eventId: v.id("unifiedEvents"),
    /** Key of the original start within its series; empty for a single event. */
    recurrenceKey: v.string(),
    /** Of all-day and floating times alone: others are said by their instants. */
    start: v.optional(eventTime),
    end: v.optional(eventTime),
    startAt: v.number(),
    endAt: v.number(),
    /** Set where it reaches beyond the UTC month it starts in: later months find it by its end. */
    reach: v.optional(v.union(v.literal("nextMonth"), v.literal("laterMonths"))),
    /** What its event says, where that is a single one. The master of a series is read once for all of its occurrences. */
    face: v.optional(v.object(occurrenceFaceFields)),
    /** Of rows stored before `reach` was: see `upgrades`. */
    long: v.optional(v.boolean()),
  })
    .index("by_calendarId_startAt", ["calendarId", "startAt"])
    .index("by_calendarId_reach_endAt", ["calendarId", "reach", "endAt"])
    .index("by_mappingId_startAt", ["mappingId", "startAt"]),

  /**
   * One remote resource (a CalDAV object with all its VEVENTs; one Google or Graph event) and
   * what was last seen of it. Written by sync with the events it stands for.
   */
  providerEventMappings: defineTable({
    orgId: v.id("organizations"),
    calendarId: v.id("calendars"),
    remoteId: v.string(),
    iCalUID: v.union(v.string(), v.null()),
    etag: v.string(),
    /** Content hash of the events as last seen: equal means nothing to write. */
    hash: v.string(),
    /** The series that an exception belongs to, where exceptions are resources of their own; absent elsewhere. */
    seriesMappingId: v.optional(v.id("providerEventMappings")),
    /** Stands for a series of which only exceptions were seen so far: nothing at the provider is known to have this id. */
    placeholder: v.optional(v.literal(true)),
    /** A placeholder that a run made for a hole: the series comes with the same run, or there is none. */
    awaited: v.optional(v.literal(true)),
    /** Why the resource could not be read and when that was seen; null while it can be. */
    unreadableReason: v.union(v.string(), v.null()),
    unreadableAt: v.union(v.number(), v.null()),
  })
    .index("by_calendarId_remoteId", ["calendarId", "remoteId"])
    .index("by_seriesMappingId", ["seriesMappingId"])
    .index("by_calendarId_awaited", ["calendarId", "awaited"])
    .index("by_calendarId_unreadableAt", ["calendarId", "unreadableAt"]),
};
