import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import {
  MAX_STORED_OCCURRENCES,
  occurrencesOf,
  rollingWindow,
  type OccurrenceFields,
} from "./occurrences";
import { isSeries, readSet, type StoredSet } from "./series";

/** Occurrences that one transaction writes; what is left is done by the next one. */
const WRITES_PER_STEP = 1_000;
/** Resources that one transaction projects: it reads up to 2,000 occurrences of each. */
const RESOURCES_PER_STEP = 8;

/**
 * Brings the stored occurrences of some resources in step with their events, by difference:
 * what is right already is not written. A resource that was deleted loses all of them. It goes
 * on by itself until nothing is left to write, so it may be run again at any time.
 */
export const project = internalMutation({
  args: { mappingIds: v.array(v.id("providerEventMappings")) },
  returns: v.null(),
  handler: async (ctx, { mappingIds }) => {
    const rest = [...mappingIds];
    let budget = WRITES_PER_STEP;
    for (let count = 0; count < RESOURCES_PER_STEP && rest.length > 0 && budget > 0; count += 1) {
      const [mappingId] = rest;
      if (mappingId === undefined) break;
      const { writes, done } = await projectOne(ctx, mappingId, budget, Date.now());
      budget -= writes;
      if (done) rest.shift();
    }
    if (rest.length > 0) {
      await ctx.scheduler.runAfter(0, internal.events.projection.project, { mappingIds: rest });
    }
    return null;
  },
});

/** Writes at most `budget` occurrences. `done` is false when some are left. */
async function projectOne(
  ctx: MutationCtx,
  mappingId: Id<"providerEventMappings">,
  budget: number,
  now: number,
): Promise<{ writes: number; done: boolean }> {
  const stored = await readSet(ctx, mappingId);
  const wanted = await wantedOccurrences(ctx, stored, now);
  const existing = await ctx.db
    .query("eventOccurrences")
    .withIndex("by_mappingId_startAt", (q) => q.eq("mappingId", mappingId))
    .take(MAX_STORED_OCCURRENCES + WRITES_PER_STEP);
  const plan = difference(existing, wanted);
  const chosen = plan.slice(0, budget);
  for (const step of chosen) {
    if (step.kind === "delete") await ctx.db.delete(step.id);
    else if (step.kind === "insert") await ctx.db.insert("eventOccurrences", step.row);
    else await ctx.db.replace(step.id, step.row);
  }
  return { writes: chosen.length, done: chosen.length === plan.length };
}

/** Also notes on the head how the series is stored. */
async function wantedOccurrences(
  ctx: MutationCtx,
  stored: StoredSet,
  now: number,
): Promise<OccurrenceFields[]> {
  if (stored.head === null) return [];
  const { rows, truncated } = occurrencesOf(stored, rollingWindow(now), MAX_STORED_OCCURRENCES);
  const heading = !isSeries(stored.set) ? null : truncated ? "onRead" : "stored";
  for (const row of [stored.master, ...stored.exceptions]) {
    if (row === null) continue;
    const projection = row._id === stored.head._id ? heading : null;
    if (row.projection !== projection) await ctx.db.patch(row._id, { projection });
  }
  return truncated ? [] : rows;
}

type Step =
  | { kind: "insert"; row: OccurrenceFields }
  | { kind: "replace"; id: Id<"eventOccurrences">; row: OccurrenceFields }
  | { kind: "delete"; id: Id<"eventOccurrences"> };

/** What has to be written to turn the rows that exist into the rows that are wanted. */
export function difference(
  existing: Doc<"eventOccurrences">[],
  wanted: OccurrenceFields[],
): Step[] {
  const left = new Map(wanted.map((row) => [row.recurrenceKey, row]));
  const steps: Step[] = [];
  for (const row of existing) {
    const want = left.get(row.recurrenceKey);
    left.delete(row.recurrenceKey);
    if (want === undefined) steps.push({ kind: "delete", id: row._id });
    else if (!same(row, want)) steps.push({ kind: "replace", id: row._id, row: want });
  }
  for (const row of left.values()) steps.push({ kind: "insert", row });
  return steps;
}

function same(row: Doc<"eventOccurrences">, want: OccurrenceFields): boolean {
  return (
    row.eventId === want.eventId &&
    row.startAt === want.startAt &&
    row.endAt === want.endAt &&
    JSON.stringify([row.start, row.end]) === JSON.stringify([want.start, want.end])
  );
}
