import type { Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { contentHash } from "../../lib/events/content-hash";
import type { UnifiedEvent } from "../../lib/events/model";
import { recurrenceKey } from "../../lib/events/time";
import type { remoteChange } from "../validators";
import { singleOccurrence } from "./occurrences";
import { eventOf, MAX_EVENTS_PER_RESOURCE, readSet } from "./series";

type Change = Infer<typeof remoteChange>;
type Upsert = Extract<Change, { kind: "upsert" }>;

/** The calendar that a change belongs to. */
export interface Target {
  orgId: Id<"organizations">;
  calendarId: Id<"calendars">;
}

/**
 * Brings one remote resource in step with what a run found of it. Resources whose occurrences
 * have to be projected are added to `toProject`.
 */
export async function applyChange(
  ctx: MutationCtx,
  target: Target,
  change: Change,
  toProject: Id<"providerEventMappings">[],
): Promise<"upserted" | "unchanged" | "deleted" | "unreadable"> {
  const mapping = await ctx.db
    .query("providerEventMappings")
    .withIndex("by_calendarId_remoteId", (q) =>
      q.eq("calendarId", target.calendarId).eq("remoteId", change.remoteId),
    )
    .unique();
  switch (change.kind) {
    case "upsert":
      return await upsert(ctx, target, mapping, change, toProject);
    case "unreadable":
      await markUnreadable(ctx, target, mapping, change);
      return "unreadable";
    case "deleted":
      if (mapping === null) return "unchanged";
      await remove(ctx, mapping);
      toProject.push(mapping._id);
      return "deleted";
  }
}

async function upsert(
  ctx: MutationCtx,
  target: Target,
  mapping: Doc<"providerEventMappings"> | null,
  change: Upsert,
  toProject: Id<"providerEventMappings">[],
): Promise<"upserted" | "unchanged"> {
  const hash = contentHash(change.events);
  const seen = {
    iCalUID: change.iCalUID,
    etag: change.etag,
    hash,
    unreadableReason: null,
    unreadableAt: null,
  };
  if (mapping !== null && mapping.hash === hash) {
    if (mapping.etag !== change.etag || mapping.unreadableAt !== null) {
      await ctx.db.patch(mapping._id, seen);
    }
    return "unchanged";
  }
  if (mapping === null) await insertResource(ctx, target, change, seen, toProject);
  else {
    await ctx.db.patch(mapping._id, seen);
    await replaceEvents(ctx, target, mapping._id, change.events);
    toProject.push(mapping._id);
  }
  return "upserted";
}

/** A resource that was not known. A single event is placed at once; a series is left to the projection. */
async function insertResource(
  ctx: MutationCtx,
  target: Target,
  change: Upsert,
  seen: Omit<Doc<"providerEventMappings">, "_id" | "_creationTime" | "remoteId" | keyof Target>,
  toProject: Id<"providerEventMappings">[],
): Promise<void> {
  const mappingId = await ctx.db.insert("providerEventMappings", {
    ...target,
    remoteId: change.remoteId,
    ...seen,
  });
  const rows = eventRows(target, mappingId, change.events);
  for (const row of rows) {
    const eventId = await ctx.db.insert("unifiedEvents", row);
    if (rows.length > 1 || row.recurrenceId !== null || row.recurrence !== null) continue;
    const occurrence = singleOccurrence(row, eventId);
    if (occurrence !== null) await ctx.db.insert("eventOccurrences", occurrence);
    return;
  }
  toProject.push(mappingId);
}

type EventRow = Omit<Doc<"unifiedEvents">, "_id" | "_creationTime">;

/** One row for each event; of two that stand for the same occurrence, the later one. */
function eventRows(
  target: Target,
  mappingId: Id<"providerEventMappings">,
  events: UnifiedEvent[],
): EventRow[] {
  const rows = new Map<string, EventRow>();
  for (const event of events.slice(0, MAX_EVENTS_PER_RESOURCE)) {
    const key = event.recurrenceId === null ? "" : recurrenceKey(event.recurrenceId);
    rows.set(key, { ...target, mappingId, recurrenceKey: key, projection: null, ...event });
  }
  return [...rows.values()];
}

/** The events of a resource, matched by what they recur on: an event that stays keeps its id. */
async function replaceEvents(
  ctx: MutationCtx,
  target: Target,
  mappingId: Id<"providerEventMappings">,
  events: UnifiedEvent[],
): Promise<void> {
  const { master, exceptions } = await readSet(ctx, mappingId);
  const stored = new Map(
    [master, ...exceptions].flatMap((row) => (row === null ? [] : [[row.recurrenceKey, row]])),
  );
  for (const wanted of eventRows(target, mappingId, events)) {
    const row = stored.get(wanted.recurrenceKey);
    stored.delete(wanted.recurrenceKey);
    if (row === undefined) await ctx.db.insert("unifiedEvents", wanted);
    else if (contentHash([eventOf(row)]) !== contentHash([eventOf(wanted)])) {
      await ctx.db.patch(row._id, eventOf(wanted));
    }
  }
  for (const gone of stored.values()) await ctx.db.delete(gone._id);
}

/** What was stored of the resource before stays, so that nothing is lost by a broken version. */
async function markUnreadable(
  ctx: MutationCtx,
  target: Target,
  mapping: Doc<"providerEventMappings"> | null,
  change: Extract<Change, { kind: "unreadable" }>,
): Promise<void> {
  const seen = {
    etag: change.etag,
    unreadableReason: change.reason,
    unreadableAt: Date.now(),
  };
  if (mapping === null) {
    await ctx.db.insert("providerEventMappings", {
      ...target,
      remoteId: change.remoteId,
      iCalUID: null,
      hash: "",
      ...seen,
    });
  } else if (mapping.etag !== change.etag || mapping.unreadableReason !== change.reason) {
    await ctx.db.patch(mapping._id, seen);
  }
}

/** Removes a resource and its events; the projection then finds none and removes the occurrences. */
async function remove(ctx: MutationCtx, mapping: Doc<"providerEventMappings">): Promise<void> {
  const { master, exceptions } = await readSet(ctx, mapping._id);
  for (const row of [master, ...exceptions]) {
    if (row !== null) await ctx.db.delete(row._id);
  }
  await ctx.db.delete(mapping._id);
}
