import { v, type Infer } from "convex/values";
import { verdictOn } from "../../lib/monitoring/health";
import type { Rollup } from "../../lib/monitoring/rollup";
import { profileOf } from "../../lib/providers/profiles";
import { alertThresholds } from "../settings";
import type { LastSeen } from "./metrics/lastSeen";

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
