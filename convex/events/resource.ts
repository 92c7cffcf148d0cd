import type { Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { contentHash } from "../../lib/events/content-hash";
import { holeAt } from "../../lib/events/hole";
import type { Recurring, UnifiedEvent } from "../../lib/events/model";
import { recurrenceKey } from "../../lib/events/time";
import type { remoteChange } from "../validators/remote";
import { dropEmptyPlaceholder, exceptionMappings, findMapping, seriesMapping, type Target } from "./mappings";
import { singleOccurrence } from "./occurrences";
import { placeSingle } from "./projection";
import { MAX_EVENTS_PER_RESOURCE, readSet } from "./series";
import { deleteEvent, insertEvent, updateEvent, type Place } from "./stored";

type Change = Infer<typeof remoteChange>;
type Upsert = Extract<Change, { kind: "upsert" }>;
type Mapping = Doc<"providerEventMappings">;

/** What one page has in common for all of its changes. */
export interface Page extends Target {
  /**
   * True where deletions are concluded from a complete listing: each stands for itself then. Where a provider reports
   * the deletion of a series, its exceptions go with it.
   */
  deletionsConcluded: boolean;
  /** True where the run reads all of the calendar: what is not stored yet may still come. */
  full: boolean;
  /** How many more resources there are now than before the page. */
  added: number;
  /** Gathers the series whose occurrences have to be projected anew. */
  toProject: Set<Id<"providerEventMappings">>;
  /** Gathers the remote ids of what the page deleted. */
  gone: Set<string>;
}

/** Brings one remote resource in step with what a run found of it. */
export async function applyChange(
  ctx: MutationCtx,
  page: Page,
  change: Change,
): Promise<"upserted" | "unchanged" | "deleted" | "unreadable"> {
  const mapping = await findMapping(ctx, page, change.remoteId);
  switch (change.kind) {
    case "upsert":
      return await upsert(ctx, page, mapping, change);
    case "unreadable":
      await markUnreadable(ctx, page, mapping, change);
      return "unreadable";
    case "deleted":
      if (change.occurrence !== null) return await punch(ctx, page, mapping, change.remoteId, change.occurrence);
      if (mapping === null || mapping.placeholder === true) return "unchanged";
      await remove(ctx, page, mapping);
      return "deleted";
  }
}

async function upsert(
  ctx: MutationCtx,
  page: Page,
  mapping: Mapping | null,
  change: Upsert,
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
  const isHole = change.events.every(({ status }) => status === "cancelled");
  const seriesMappingId =
    change.seriesRemoteId === null ? undefined : await seriesMapping(ctx, page, change.seriesRemoteId, { awaited: isHole && !page.full });
  const { orgId, calendarId } = page;
  const row = { orgId, calendarId, remoteId: change.remoteId, ...seen, seriesMappingId };
  if (mapping === null) await insertResource(ctx, page, row, change.events);
  else {
    await ctx.db.replace(mapping._id, row);
    await replaceEvents(ctx, page, { ...row, _id: mapping._id }, change.events);
  }
  return "upserted";
}

/** A resource that was not known. A single event is placed at once; a series is left to the projection. */
async function insertResource(
  ctx: MutationCtx,
  page: Page,
  row: Omit<Mapping, "_id" | "_creationTime">,
  events: UnifiedEvent[],
): Promise<void> {
  const mapping = { ...row, _id: await ctx.db.insert("providerEventMappings", row) };
  page.added += 1;
  const wanted = byOccurrence(events);
  const single = singleOf(mapping, [...wanted.values()]);
  for (const [key, event] of wanted) {
    const place = placeOf(mapping, key);
    const eventId = await insertEvent(ctx, place, event);
    if (single === null) continue;
    const occurrence = singleOccurrence({ ...place, ...single, _id: eventId });
    if (occurrence !== null) await ctx.db.insert("eventOccurrences", occurrence);
  }
  if (single === null) page.toProject.add(setOf(mapping));
}

type Owner = Pick<Mapping, "_id" | "seriesMappingId" | "orgId" | "calendarId">;

/** The resource whose events are expanded together: the series that an exception belongs to, or the resource itself. */
const setOf = (mapping: Pick<Mapping, "_id" | "seriesMappingId">) => mapping.seriesMappingId ?? mapping._id;

function placeOf(mapping: Owner, recurrenceKey: string): Place {
  const { orgId, calendarId, _id, seriesMappingId } = mapping;
  return { orgId, calendarId, mappingId: setOf(mapping), ...(seriesMappingId === undefined ? {} : { resourceId: _id }), recurrenceKey };
}

/** The events of a resource by what they recur on; of two that stand for the same occurrence, the later one. */
function byOccurrence(events: UnifiedEvent[]): Map<string, UnifiedEvent> {
  const keyOf = ({ recurrenceId }: UnifiedEvent) => (recurrenceId === null ? "" : recurrenceKey(recurrenceId));
  return new Map(events.slice(0, MAX_EVENTS_PER_RESOURCE).map((event) => [keyOf(event), event]));
}

/** The event of a resource that is no more than one single event; null for every other. */
function singleOf<Event extends Recurring>(mapping: Pick<Mapping, "seriesMappingId">, events: readonly Event[]): Event | null {
  const [event] = events;
  if (event === undefined || events.length > 1 || mapping.seriesMappingId !== undefined) return null;
  return event.recurrenceId === null && event.recurrence === null ? event : null;
}

/** The events of a resource, matched by what they recur on: an event that stays keeps its id. */
async function replaceEvents(ctx: MutationCtx, page: Page, mapping: Owner, events: UnifiedEvent[]): Promise<void> {
  const { own, alone } = await ownEvents(ctx, mapping);
  const stored = new Map(own.map((row) => [row.recurrenceKey, row]));
  const wanted = byOccurrence(events);
  for (const [key, event] of wanted) {
    const row = stored.get(key);
    stored.delete(key);
    if (row === undefined) await insertEvent(ctx, placeOf(mapping, key), event);
    else await updateEvent(ctx, row, event);
  }
  for (const gone of stored.values()) await deleteEvent(ctx, gone);
  const was = alone ? singleOf(mapping, own) : null;
  const is = singleOf(mapping, [...wanted.values()]);
  const placed = was !== null && is !== null && (await placeSingle(ctx, mapping._id, { ...was, ...is }));
  if (!placed) page.toProject.add(setOf(mapping));
}

/**
 * The events that came in this resource, without those of exceptions that are resources of their own; `alone` where there are
 * none of those.
 */
async function ownEvents(
  ctx: MutationCtx,
  mapping: Pick<Mapping, "_id" | "seriesMappingId">,
): Promise<{ own: Doc<"unifiedEvents">[]; alone: boolean }> {
  if (mapping.seriesMappingId !== undefined) {
    const own = await ctx.db
      .query("unifiedEvents")
      .withIndex("by_resourceId", (q) => q.eq("resourceId", mapping._id))
      .take(MAX_EVENTS_PER_RESOURCE);
    return { own, alone: false };
  }
  const { master, exceptions } = await readSet(ctx, mapping._id);
  const all = [master, ...exceptions].filter((row) => row !== null);
  const own = all.filter((row) => row.resourceId === undefined);
  return { own, alone: own.length === all.length };
}

/** What was stored of the resource before stays, so that nothing is lost by a broken version. */
async function markUnreadable(
  ctx: MutationCtx,
  { orgId, calendarId }: Target,
  mapping: Mapping | null,
  change: Extract<Change, { kind: "unreadable" }>,
): Promise<void> {
  const seen = {
    etag: change.etag,
    unreadableReason: change.reason,
    unreadableAt: Date.now(),
  };
  if (mapping === null) {
    await ctx.db.insert("providerEventMappings", {
      orgId,
      calendarId,
      remoteId: change.remoteId,
      iCalUID: null,
      hash: "",
      ...seen,
    });
  } else if (mapping.etag !== change.etag || mapping.unreadableReason !== change.reason) {
    await ctx.db.patch(mapping._id, seen);
  }
}

/**
 * One occurrence of a series was deleted: a cancelled exception keeps the hole for as long as the series lasts. What changed
 * comes in any order: the series may follow its hole in a later page.
 */
async function punch(
  ctx: MutationCtx,
  page: Page,
  mapping: Mapping | null,
  remoteId: string,
  { seriesRemoteId, recurrenceId }: { seriesRemoteId: string; recurrenceId: UnifiedEvent["start"] },
): Promise<"deleted" | "unchanged"> {
  // Of a series that was deleted, the exceptions are reported too.
  if (page.gone.has(seriesRemoteId)) return "unchanged";
  const iCalUID = mapping?.iCalUID ?? seriesRemoteId;
  const hole = { remoteId, seriesRemoteId, etag: "", iCalUID, events: [holeAt(recurrenceId, iCalUID)] };
  const outcome = await upsert(ctx, page, mapping, { kind: "upsert", ...hole });
  return outcome === "upserted" ? "deleted" : "unchanged";
}

/** Removes a resource and its events, with the occurrence of a single one; the projection then removes those of a series. */
async function remove(ctx: MutationCtx, page: Page, mapping: Mapping): Promise<void> {
  page.added -= 1;
  page.gone.add(mapping.remoteId);
  const { own, alone } = await ownEvents(ctx, mapping);
  for (const row of own) await deleteEvent(ctx, row);
  const wasSingle = alone && singleOf(mapping, own) !== null;
  if (!wasSingle || !(await placeSingle(ctx, mapping._id, null))) page.toProject.add(setOf(mapping));
  const exceptions = mapping.seriesMappingId === undefined ? await exceptionMappings(ctx, mapping._id) : [];
  if (exceptions.length > 0 && page.deletionsConcluded) {
    await ctx.db.patch(mapping._id, { etag: "", hash: "", placeholder: true });
    return;
  }
  for (const exception of exceptions) {
    for (const row of (await ownEvents(ctx, exception)).own) await deleteEvent(ctx, row);
    await ctx.db.delete(exception._id);
    page.added -= 1;
  }
  await ctx.db.delete(mapping._id);
  if (mapping.seriesMappingId !== undefined) await dropEmptyPlaceholder(ctx, mapping.seriesMappingId);
}
