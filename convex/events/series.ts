import type { ObjectType } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { EventSet, UnifiedEvent } from "../../lib/events/model";
import type { storedEventFields } from "../validators";

/** VEVENTs of one remote resource that are kept; a resource with more is applied in part. */
export const MAX_EVENTS_PER_RESOURCE = 1_000;

/** The stored events of one remote resource, ready to be expanded. */
export interface StoredSet {
  set: EventSet;
  /** The rows behind `set`: `master` first, then one per exception, in the same order. */
  master: Doc<"unifiedEvents"> | null;
  exceptions: Doc<"unifiedEvents">[];
  /** The row that stands for the resource: the master, or the first exception without one. */
  head: Doc<"unifiedEvents"> | null;
}

/** The fields of a row that the provider's event consists of. */
export function eventOf(row: ObjectType<typeof storedEventFields>): UnifiedEvent {
  return {
    iCalUID: row.iCalUID,
    recurrenceId: row.recurrenceId,
    recurrenceRange: row.recurrenceRange,
    title: row.title,
    description: row.description,
    location: row.location,
    url: row.url,
    start: row.start,
    end: row.end,
    status: row.status,
    transparency: row.transparency,
    visibility: row.visibility,
    purpose: row.purpose ?? "default",
    color: row.color ?? null,
    categories: row.categories ?? [],
    recurrence: row.recurrence,
    organizer: row.organizer,
    attendees: row.attendees.map((attendee) => ({
      ...attendee,
      kind: attendee.kind ?? "individual",
      comment: attendee.comment ?? null,
      additionalGuests: attendee.additionalGuests ?? 0,
    })),
    ownResponse: row.ownResponse ?? null,
    reminders: row.reminders ?? null,
    conference: row.conference ?? null,
    attachments: row.attachments ?? [],
    sequence: row.sequence,
    extended: row.extended ?? null,
    warnings: row.warnings,
  };
}

/** Reads all events of one remote resource. */
export async function readSet(
  ctx: Pick<QueryCtx, "db">,
  mappingId: Id<"providerEventMappings">,
): Promise<StoredSet> {
  const rows = await ctx.db
    .query("unifiedEvents")
    .withIndex("by_mappingId_recurrenceKey", (q) => q.eq("mappingId", mappingId))
    .take(MAX_EVENTS_PER_RESOURCE);
  const master = rows.find((row) => row.recurrenceId === null) ?? null;
  const exceptions = rows.filter((row) => row.recurrenceId !== null);
  return {
    set: { master: master && eventOf(master), exceptions: exceptions.map(eventOf) },
    master,
    exceptions,
    head: master ?? exceptions[0] ?? null,
  };
}

/** True where occurrences have to be computed: not for a plain single event. */
export function isSeries(set: EventSet): boolean {
  return set.master === null || set.master.recurrence !== null || set.exceptions.length > 0;
}
