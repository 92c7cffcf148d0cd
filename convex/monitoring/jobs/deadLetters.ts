import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { incidentKey } from "../../../lib/monitoring/alert-kinds";
import { transition } from "../../../lib/queue/states";
import { stateOf, syncs } from "../../connections/ownership";
import { workKeys } from "../../sync/endWork";
import { enqueue, type Work } from "../../sync/enqueue";
import { closeAlert } from "../alerts/incidents";

/*
 * Dead letters are the jobs that have `failed`. One leaves the list when a person retries or discards it, or when a
 * later job has done the same work; its row stays until it is swept, as `cancelled` and with its error.
 */

/** Dead letters of one thing that a success makes good. */
const SUPERSEDED = 20;
/** Dead letters of one thing that go with it. */
const DISCARDED = 200;

/** What a dead letter was about, to be asked for again. */
function workOf(job: Doc<"syncJobs">, priority: Work["priority"]): Work {
  const { orgId, providerConfigId, calendarId, type } = job;
  return { orgId, providerConfigId, calendarId, type, priority };
}

/** Takes a dead letter off the list. */
export async function discard(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<void> {
  await ctx.db.patch(job._id, { status: transition(job.status, "cancelled") });
}

/**
 * Asks for a dead letter's work anew; where the same work waits already, that is joined. False where the account
 * does not sync now: then nothing is changed.
 */
export async function replay(ctx: MutationCtx, job: Doc<"syncJobs">, priority: Work["priority"]): Promise<boolean> {
  if (!syncs(await stateOf(ctx, job.providerConfigId))) return false;
  await discard(ctx, job);
  await enqueue(ctx, workOf(job, priority));
  return true;
}

/** After a job has succeeded: dead letters on the same thing are of no use any more. True where there were some. */
export async function supersede(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<boolean> {
  const dead = await ctx.db
    .query("syncJobs")
    .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", job.dedupeKey).eq("status", "failed"))
    .take(SUPERSEDED);
  for (const one of dead) await discard(ctx, one);
  return dead.length > 0;
}

/** After a calendar has gone: nobody can do its work any more. */
export async function discardLettersOn(
  ctx: MutationCtx,
  calendar: { providerConfigId: Id<"providerConfigs">; calendarId: Id<"calendars"> },
): Promise<void> {
  for (const key of workKeys(calendar)) {
    const dead = await ctx.db
      .query("syncJobs")
      .withIndex("by_dedupeKey_status", (q) => q.eq("dedupeKey", key).eq("status", "failed"))
      .take(DISCARDED);
    for (const one of dead) await discard(ctx, one);
  }
  await closeIfNoneLeft(ctx, calendar.providerConfigId);
}

/** After dead letters have left the list: with the last one of an account, its alert closes. */
export async function closeIfNoneLeft(ctx: MutationCtx, connectionId: Id<"providerConfigs">): Promise<void> {
  const left = await ctx.db
    .query("syncJobs")
    .withIndex("by_providerConfigId_status", (q) => q.eq("providerConfigId", connectionId).eq("status", "failed"))
    .first();
  if (left === null) await closeAlert(ctx, incidentKey("dead_job", connectionId));
}
