import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { verdictOn } from "../../lib/monitoring/health";
import { isError, type Rollup } from "../../lib/monitoring/rollup";
import { profileOf } from "../../lib/providers/profiles";
import { alertThresholds } from "../settings";

/** Providers of one deployment. */
const PROVIDERS = 50;

export const providerRow = v.object({
  provider: v.string(),
  label: v.string(),
  verdict: v.union(v.literal("well"), v.literal("failing"), v.literal("unknown")),
  turns: v.number(),
  failures: v.number(),
  /** Mean time of one HTTP call, milliseconds; null where none was made. */
  callMs: v.union(v.number(), v.null()),
  lastSuccessAt: v.union(v.number(), v.null()),
  lastFailureAt: v.union(v.number(), v.null()),
  lastErrorCode: v.union(v.string(), v.null()),
});
export type ProviderRow = Infer<typeof providerRow>;

/** When a provider last answered, and last did not. */
type LastSeen = Pick<Doc<"providerHealth">, "provider" | "lastSuccessAt" | "lastFailureAt" | "lastErrorCode">;

/** Of the whole deployment. */
export async function lastSeenOfAll(ctx: Pick<QueryCtx, "db">): Promise<LastSeen[]> {
  return await ctx.db.query("providerHealth").take(PROVIDERS);
}

/** Of some samples, the newest first: what one person may know. */
export function lastSeenOf(samples: readonly Doc<"syncSamples">[]): LastSeen[] {
  return [...new Set(samples.map(({ provider }) => provider))].map((provider) => {
    const own = samples.filter((sample) => sample.provider === provider);
    const bad = own.find(({ outcome }) => isError(outcome));
    return {
      provider,
      lastSuccessAt: own.find(({ outcome }) => !isError(outcome))?.at ?? null,
      lastFailureAt: bad?.at ?? null,
      lastErrorCode: bad?.errorCode ?? null,
    };
  });
}

/** Each provider with how it has been answering in the spans that `total` adds up. */
export function describeProviders(seen: readonly LastSeen[], total: Pick<Rollup, "byProvider">): ProviderRow[] {
  const { errorRate } = alertThresholds();
  return seen.map(({ provider, lastSuccessAt, lastFailureAt, lastErrorCode }) => {
    const counted = total.byProvider.find((row) => row.provider === provider);
    const { turns, failures, apiCalls, callMs } = counted ?? { turns: 0, failures: 0, apiCalls: 0, callMs: 0 };
    const answers = { turns, failures, lastSuccessAt, lastFailureAt };
    return {
      ...answers,
      provider,
      label: profileOf(provider)?.label ?? provider,
      verdict: verdictOn(answers, errorRate),
      callMs: apiCalls === 0 ? null : callMs / apiCalls,
      lastErrorCode,
    };
  });
}
