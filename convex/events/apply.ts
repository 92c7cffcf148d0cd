import { v, type Infer } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { contentHash } from "../../lib/events/content-hash";
import { recurrenceKey } from "../../lib/events/time";
import type { UnifiedEvent } from "../../lib/events/model";
import { heldJob } from "../sync/lease";
import { remoteChange } from "../validators";
import { singleOccurrence } from "./occurrences";
import { advance } from "./position";
import { eventOf, isSeries, MAX_EVENTS_PER_RESOURCE, readSet } from "./series";

type Change = Infer<typeof remoteChange>;
type Upsert = Extract<Change, { kind: "upsert" }>;

const tally = v.object({
  upserted: v.number(),
  unchanged: v.number(),
  deleted: v.number(),
  unreadable: v.number(),
});
type Tally = Infer<typeof tally>;

/**
 * Applies one page of a run, in the name of its lease, and stores where the run stands with
 * it. Applying a page twice, or an older one after a newer, changes nothing the second time:
 * a resource whose events have the hash that is stored is not written. Returns null when
 * the lease is lost: the worker must stop.
 */
export const page = internalMutation({
  args: {
    jobId: v.id("syncJobs"),
    leaseId: v.string(),
    changes: v.array(remoteChange),
    position: v.object({
      pageToken: v.union(v.string(), v.null()),
      done: v.number(),
      total: v.union(v.number(), v.null()),
      /** On the last page of a run. */
      end: v.union(v.object({ cursor: v.union(v.string(), v.null()), listed: v.union(v.number(), v.null()) }), v.null()),
    }),
  },
  returns: v.union(tally, v.null()),
  handler: async (ctx, { changes, position, ...lease }): Promise<Tally | null> => {
    const job = await heldJob(ctx, lease);
    if (job === null || job.calendarId === null) return null;
    // A calendar that was removed in the meantime takes nothing any more.
    if ((await ctx.db.get(job.calendarId)) === null) return null;
    const target = { orgId: job.orgId, calendarId: job.calendarId };
    const count: Tally = { upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 };
    const toProject: Id<"providerEventMappings">[] = [];
    for (const change of changes) {
      const outcome = await applyChange(ctx, target, change, toProject);
      count[outcome] += 1;
    }
    if (toProject.length > 0) {
      await ctx.scheduler.runAfter(0, internal.events.projection.project, {
        mappingIds: toProject,
      });
    }
    await advance(ctx, target.calendarId, position);
    return count;
  },
});

interface Target {
  orgId: Id<"organizations">;
  calendarId: Id<"calendars">;
}

async function applyChange(
  ctx: MutationCtx,
  target: Target,
  change: Change,
  toProject: Id<"providerEventMappings">[],
): Promise<keyof Tally> {
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
  const mappingId =
    mapping?._id ??
    (await ctx.db.insert("providerEventMappings", { ...target, remoteId: change.remoteId, ...seen }));
  if (mapping !== null) await ctx.db.patch(mapping._id, seen);
  await replaceEvents(ctx, target, mappingId, change.events);
  await placeOccurrences(ctx, mappingId, mapping !== null, toProject);
  return "upserted";
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
  for (const event of events.slice(0, MAX_EVENTS_PER_RESOURCE)) {
    const key = event.recurrenceId === null ? "" : recurrenceKey(event.recurrenceId);
    const row = stored.get(key);
    stored.delete(key);
    if (row === undefined) {
      await ctx.db.insert("unifiedEvents", {
        ...target,
        mappingId,
        recurrenceKey: key,
        projection: null,
        ...event,
      });
    } else if (contentHash([eventOf(row)]) !== contentHash([event])) {
      await ctx.db.patch(row._id, event);
    }
  }
  for (const gone of stored.values()) await ctx.db.delete(gone._id);
}

/** A new single event is placed at once; all else is left to the projection. */
async function placeOccurrences(
  ctx: MutationCtx,
  mappingId: Id<"providerEventMappings">,
  existed: boolean,
  toProject: Id<"providerEventMappings">[],
): Promise<void> {
  const { set, master } = await readSet(ctx, mappingId);
  if (existed || master === null || isSeries(set)) {
    toProject.push(mappingId);
    return;
  }
  const occurrence = singleOccurrence(master);
  if (occurrence !== null) await ctx.db.insert("eventOccurrences", occurrence);
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
