import type { ObjectType } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { NO_DETAILS, partsOf, samePart, type EventCore, type EventDetails } from "../../lib/events/event-details";
import type { UnifiedEvent } from "../../lib/events/model";
import type { earlierDetailFields, storedEventFields } from "../validators/storedEvent";

/*
 * A stored event has two parts: its row in `unifiedEvents`, which views read by the hundred, and its details, which are read
 * one at a time. Nobody else writes either.
 */

type Row = Doc<"unifiedEvents">;
/** Where an event belongs. */
export type Place = Pick<Row, "orgId" | "calendarId" | "mappingId" | "resourceId" | "recurrenceKey">;

/** The part of an event that its row says. */
export function coreOf(row: ObjectType<typeof storedEventFields>): EventCore {
  return {
    iCalUID: row.iCalUID,
    recurrenceId: row.recurrenceId,
    ...(row.recurrenceRange === undefined ? {} : { recurrenceRange: row.recurrenceRange }),
    title: row.title,
    location: row.location,
    start: row.start,
    end: row.end,
    status: row.status,
    transparency: row.transparency,
    visibility: row.visibility,
    purpose: row.purpose ?? "default",
    color: row.color ?? null,
    recurrence: row.recurrence,
    sequence: row.sequence,
  };
}

/** The event as its provider has it. */
export async function wholeEvent(ctx: Pick<QueryCtx, "db">, row: Row): Promise<UnifiedEvent> {
  return { ...coreOf(row), ...detailsOf(row, await findDetails(ctx, row)) };
}

/** Stores an event that was not known. Returns its row's id. */
export async function insertEvent(ctx: MutationCtx, place: Place, event: UnifiedEvent): Promise<Id<"unifiedEvents">> {
  const { core, details } = partsOf(event);
  const eventId = await ctx.db.insert("unifiedEvents", { ...place, ...core, projection: null });
  if (!samePart(details, NO_DETAILS)) await ctx.db.insert("eventDetails", detailRow(place, eventId, details));
  return eventId;
}

/** Writes what differs between a stored event and what it is now: its row, its details, or nothing. */
export async function updateEvent(ctx: MutationCtx, row: Row, event: UnifiedEvent): Promise<void> {
  const { core, details } = partsOf(event);
  const stored = await findDetails(ctx, row);
  const isEarlier = hasEarlierDetails(row);
  if (isEarlier || !samePart(coreOf(row), core)) {
    await ctx.db.patch(row._id, { recurrenceRange: undefined, ...core, ...(isEarlier ? WITHOUT_DETAILS : {}) });
  }
  if (isEarlier || !samePart(detailsOf(row, stored), details)) await writeDetails(ctx, row, stored, details);
}

/** Moves the details of an event that an earlier version stored out of its row. False where there was nothing to move. */
export async function moveDetails(ctx: MutationCtx, row: Row): Promise<boolean> {
  if (!hasEarlierDetails(row)) return false;
  await updateEvent(ctx, row, { ...coreOf(row), ...detailsOf(row, null) });
  return true;
}

export async function deleteEvent(ctx: MutationCtx, row: Row): Promise<void> {
  const details = await findDetails(ctx, row);
  if (details !== null) await ctx.db.delete(details._id);
  await ctx.db.delete(row._id);
}

async function findDetails(ctx: Pick<QueryCtx, "db">, { calendarId, _id }: Row): Promise<Doc<"eventDetails"> | null> {
  return await ctx.db
    .query("eventDetails")
    .withIndex("by_calendarId_eventId", (q) => q.eq("calendarId", calendarId).eq("eventId", _id))
    .unique();
}

async function writeDetails(ctx: MutationCtx, row: Row, stored: Doc<"eventDetails"> | null, details: EventDetails): Promise<void> {
  const isPlain = samePart(details, NO_DETAILS);
  if (stored !== null && isPlain) await ctx.db.delete(stored._id);
  else if (stored !== null) await ctx.db.replace(stored._id, detailRow(row, row._id, details));
  else if (!isPlain) await ctx.db.insert("eventDetails", detailRow(row, row._id, details));
}

function detailRow({ orgId, calendarId }: Place, eventId: Id<"unifiedEvents">, details: EventDetails) {
  return { orgId, calendarId, eventId, ...details };
}

function detailsOf(row: Row, stored: Doc<"eventDetails"> | null): EventDetails {
  if (stored === null) return hasEarlierDetails(row) ? earlierDetails(row) : NO_DETAILS;
  return partsOf({ ...coreOf(row), ...stored }).details;
}

/** Rows of then all have a description, if only null. */
function hasEarlierDetails(row: ObjectType<typeof earlierDetailFields>): boolean {
  return row.description !== undefined;
}

function earlierDetails(row: ObjectType<typeof earlierDetailFields>): EventDetails {
  return {
    description: row.description ?? null,
    url: row.url ?? null,
    categories: row.categories ?? [],
    organizer: row.organizer ?? null,
    attendees: (row.attendees ?? []).map((attendee) => ({
      ...attendee,
      kind: attendee.kind ?? "individual",
      comment: attendee.comment ?? null,
      additionalGuests: attendee.additionalGuests ?? 0,
    })),
    ownResponse: row.ownResponse ?? null,
    reminders: row.reminders ?? null,
    conference: row.conference ?? null,
    attachments: row.attachments ?? [],
    extended: row.extended ?? null,
    warnings: row.warnings ?? [],
  };
}

const WITHOUT_DETAILS: { [Field in keyof typeof earlierDetailFields]: undefined } = {
  description: undefined,
  url: undefined,
  categories: undefined,
  organizer: undefined,
  attendees: undefined,
  ownResponse: undefined,
  reminders: undefined,
  conference: undefined,
  attachments: undefined,
  extended: undefined,
  warnings: undefined,
};
