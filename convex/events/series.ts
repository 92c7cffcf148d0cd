import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { EventSet, Recurring } from "../../lib/events/model";

/** VEVENTs of one remote resource that are kept; a resource with more is applied in part. */
export const MAX_EVENTS_PER_RESOURCE = 1_000;

/** The stored events of one remote resource, ready to be expanded. */
export interface StoredSet {
  set: EventSet<Recurring>;
  /** The rows behind `set`: `master` first, then one per exception, in the same order. */
  master: Doc<"unifiedEvents"> | null;
  exceptions: Doc<"unifiedEvents">[];
  /** The row that stands for the resource: the master, or the first exception without one. */
  head: Doc<"unifiedEvents"> | null;
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
    set: { master, exceptions },
    master,
    exceptions,
    head: master ?? exceptions[0] ?? null,
  };
}

/** The master of a series, or the single event, of a remote resource; null where only exceptions are known. */
export async function readMaster(
  ctx: Pick<QueryCtx, "db">,
  mappingId: Id<"providerEventMappings">,
): Promise<Doc<"unifiedEvents"> | null> {
  return await ctx.db
    .query("unifiedEvents")
    .withIndex("by_mappingId_recurrenceKey", (q) => q.eq("mappingId", mappingId).eq("recurrenceKey", ""))
    .first();
}

/** True where occurrences have to be computed: not for a plain single event. */
export function isSeries(set: EventSet<Recurring>): boolean {
  return set.master === null || set.master.recurrence !== null || set.exceptions.length > 0;
}
