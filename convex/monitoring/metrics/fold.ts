import { v } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../../_generated/server";
import { isError, mergeRollups, rollupOf, type Rollup } from "../../../lib/monitoring/rollup";
import { SPANS, spanStart, type Span } from "../../../lib/monitoring/spans";
import { addToSpan, DEPLOYMENT } from "./spanRows";

/** Each may be of an organization of its own, with a row per span. */
const SAMPLES_PER_STEP = 200;

/**
 * Adds samples that are not yet in the rollups to them, and marks them. Returns how many: as long as it is
 * `SAMPLES_PER_STEP` there may be more. What is added and what is marked is one transaction: run twice, or killed
 * in between, nothing is counted twice or left out.
 */
export const step = internalMutation({
  args: {},
  returns: v.object({ folded: v.number(), more: v.boolean() }),
  handler: async (ctx) => {
    const samples = await ctx.db
      .query("syncSamples")
      .withIndex("by_folded_at", (q) => q.eq("folded", false))
      .take(SAMPLES_PER_STEP);
    for (const [, { scope, span, at, rollup }] of sums(samples)) await addToSpan(ctx, { scope, span, at }, rollup);
    await noteHealth(ctx, samples);
    for (const sample of samples) await ctx.db.patch(sample._id, { folded: true });
    return { folded: samples.length, more: samples.length === SAMPLES_PER_STEP };
  },
});

interface Sum {
  scope: string;
  span: Span;
  at: number;
  rollup: Rollup;
}

/** One sum per row that is written. */
function sums(samples: readonly Doc<"syncSamples">[]): Map<string, Sum> {
  const bySpan = new Map<string, Sum>();
  for (const sample of samples) {
    const one = rollupOf(sample);
    for (const scope of [DEPLOYMENT, sample.orgId]) {
      for (const span of SPANS) {
        const at = spanStart(span, sample.at);
        const key = `${scope} ${span} ${at}`;
        const sum = bySpan.get(key);
        bySpan.set(key, { scope, span, at, rollup: sum === undefined ? one : mergeRollups(sum.rollup, one) });
      }
    }
  }
  return bySpan;
}

/** When each provider last answered and last did not. */
async function noteHealth(ctx: MutationCtx, samples: readonly Doc<"syncSamples">[]): Promise<void> {
  for (const provider of new Set(samples.map((sample) => sample.provider))) {
    const own = samples.filter((sample) => sample.provider === provider);
    const good = own.findLast(({ outcome }) => !isError(outcome));
    const bad = own.findLast(({ outcome }) => isError(outcome));
    const row = await ctx.db
      .query("providerHealth")
      .withIndex("by_provider", (q) => q.eq("provider", provider))
      .unique();
    const health = {
      lastSuccessAt: good?.at ?? row?.lastSuccessAt ?? null,
      lastFailureAt: bad?.at ?? row?.lastFailureAt ?? null,
      lastErrorCode: bad?.errorCode ?? row?.lastErrorCode ?? null,
    };
    if (row === null) await ctx.db.insert("providerHealth", { provider, ...health });
    else await ctx.db.patch(row._id, health);
  }
}
