import { v } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../../_generated/server";
import { mergeRollups, rollupOf, type Rollup } from "../../../lib/monitoring/rollup";
import { SPANS, spanStart, type Span } from "../../../lib/monitoring/spans";
import { noteHealth } from "./lastSeen";
import { addToSpan, DEPLOYMENT } from "./spanRows";
import { turnsOf, type Turn } from "./turns";

/** Each may be of an organization of its own, with a row per span. */
const JOBS_PER_STEP = 200;
/** What has only just ended waits for the next minute: where jobs are being ended now, nothing is read. */
const JUST_NOW_MS = 1_000;

/**
 * Adds ends of turns that are not yet in the rollups to them. Returns of how many jobs; with `more` there may be others. What is
 * added and what is marked as added is one transaction: run twice, or killed in between, nothing is counted twice or left out.
 */
export const step = internalMutation({
  args: {},
  returns: v.object({ folded: v.number(), more: v.boolean() }),
  handler: async (ctx) => {
    const jobs = await ctx.db
      .query("syncJobs")
      .withIndex("by_unfoldedSince", (q) => q.gt("unfoldedSince", 0).lte("unfoldedSince", Date.now() - JUST_NOW_MS))
      .take(JOBS_PER_STEP);
    await foldTurns(ctx, jobs);
    for (const job of jobs) await ctx.db.patch(job._id, { unfolded: undefined, unfoldedSince: undefined });
    return { folded: jobs.length, more: jobs.length === JOBS_PER_STEP };
  },
});

/** Adds what jobs have not yet told the figures. The caller marks or removes them in the same transaction. */
export async function foldTurns(ctx: MutationCtx, jobs: readonly Doc<"syncJobs">[]): Promise<void> {
  const turns = turnsOf(jobs);
  for (const { scope, span, at, rollup } of sums(turns)) await addToSpan(ctx, { scope, span, at }, rollup);
  await noteHealth(ctx, turns);
}

interface Sum {
  scope: string;
  span: Span;
  at: number;
  rollup: Rollup;
}

/** One sum per row that is written. */
function sums(turns: readonly Turn[]): Iterable<Sum> {
  const bySpan = new Map<string, Sum>();
  for (const turn of turns) {
    const one = rollupOf(turn);
    for (const scope of [DEPLOYMENT, turn.orgId]) {
      for (const span of SPANS) {
        const at = spanStart(span, turn.at);
        const key = `${scope} ${span} ${at}`;
        const sum = bySpan.get(key);
        bySpan.set(key, { scope, span, at, rollup: sum === undefined ? one : mergeRollups(sum.rollup, one) });
      }
    }
  }
  return bySpan.values();
}
