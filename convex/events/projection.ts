import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import {
  faceOf,
  MAX_STORED_OCCURRENCES,
  occurrencesOf,
  rollingWindow,
  singleOccurrence,
  type OccurrenceFields,
  type SingleEvent,
} from "./occurrences";
import { isSeries, readSet, type StoredSet } from "./series";

/** Occurrences that one transaction writes; what is left is done by the next one. */
const WRITES_PER_STEP = 1_000;
/** Resources that one transaction projects, unless it has read so many occurrences before: of one it reads up to 3,000. */
const RESOURCES_PER_STEP = 50;
const READS_PER_STEP = 8_000;

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
    let read = 0;
    for (let count = 0; count < RESOURCES_PER_STEP && budget > 0 && read < READS_PER_STEP; count += 1) {
      const [mappingId] = rest;
      if (mappingId === undefined) break;
      const { writes, reads, done } = await projectOne(ctx, mappingId, budget, Date.now());
      budget -= writes;
      read += reads;
      if (done) rest.shift();
    }
    if (rest.length > 0) {
      await ctx.scheduler.runAfter(0, internal.events.projection.project, { mappingIds: rest });
    }
    return null;
  },
});

/** Writes at most `budget` occurrences, and says how many it has read. `done` is false when some are left. */
async function projectOne(
  ctx: MutationCtx,
  mappingId: Id<"providerEventMappings">,
  budget: number,
  now: number,
): Promise<{ writes: number; reads: number; done: boolean }> {
  const stored = await readSet(ctx, mappingId);
  const wanted = await wantedOccurrences(ctx, stored, now);
  const existing = await storedOccurrences(ctx, mappingId, MAX_STORED_OCCURRENCES + WRITES_PER_STEP);
  const plan = difference(existing, wanted);
  const chosen = plan.slice(0, budget);
  await carryOut(ctx, chosen);
  return { writes: chosen.length, reads: existing.length, done: chosen.length === plan.length };
}

/**
 * Brings the one occurrence of a single event in step with it at once, or removes that of one that was deleted. False where more
 * is stored, as of a series that has just become a single event: that is left to the projection.
 */
export async function placeSingle(
  ctx: MutationCtx,
  mappingId: Id<"providerEventMappings">,
  event: SingleEvent | null,
): Promise<boolean> {
  const existing = await storedOccurrences(ctx, mappingId, 2);
  if (existing.length > 1) return false;
  const wanted = event === null ? null : singleOccurrence(event);
  await carryOut(ctx, difference(existing, wanted === null ? [] : [wanted]));
  return true;
}

async function storedOccurrences(ctx: MutationCtx, mappingId: Id<"providerEventMappings">, atMost: number): Promise<Doc<"eventOccurrences">[]> {
  return await ctx.db
    .query("eventOccurrences")
    .withIndex("by_mappingId_startAt", (q) => q.eq("mappingId", mappingId))
    .take(atMost);
}

async function carryOut(ctx: MutationCtx, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.kind === "delete") await ctx.db.delete(step.id);
    else if (step.kind === "insert") await ctx.db.insert("eventOccurrences", step.row);
    else await ctx.db.replace(step.id, step.row);
  }
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
    row.long === undefined &&
    JSON.stringify([row.start, row.end]) === JSON.stringify([want.start, want.end]) &&
    sameFace(row.face, want.face)
  );
}

function sameFace(one: OccurrenceFields["face"], other: OccurrenceFields["face"]): boolean {
  if (one === undefined || other === undefined) return one === other;
  return JSON.stringify(faceOf(one)) === JSON.stringify(faceOf(other));
}
