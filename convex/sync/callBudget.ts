import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { ActionCtx } from "../_generated/server";
import type { ProviderFailure } from "../../lib/providers/port";
import { callsPerMinute } from "../settings";

const MINUTE_MS = 60_000;
/** Calls that are reserved at once: few runs need more than one, and those that do need many. */
const BLOCKS = [1, 4, 16];

/**
 * Keeps the calls of one account within its budget, over all runs together: each call is reserved before it is made, so
 * that a provider never has to refuse one. Null lets the call be made.
 */
export function callBudget(
  ctx: ActionCtx,
  account: { provider: string; providerConfigId: Id<"providerConfigs"> },
): () => Promise<ProviderFailure | null> {
  const limit = callsPerMinute(account.provider);
  let left = 0;
  let reservations = 0;
  return async () => {
    if (left === 0) {
      const count = Math.min(BLOCKS[reservations] ?? 16, limit);
      const waitMs: number = await ctx.runMutation(internal.accounts.rateLimits.take, {
        limits: [{ key: `calls ${account.providerConfigId}`, limit, windowMs: MINUTE_MS, count }],
      });
      if (waitMs > 0) return budgetSpent(waitMs);
      reservations += 1;
      left = count;
    }
    left -= 1;
    return null;
  };
}

function budgetSpent(retryAfterMs: number): ProviderFailure {
  return {
    kind: "rateLimited",
    code: "budget_spent",
    message: "This account has made all the calls to its provider that it may make in a minute.",
    action: "Nothing to do: it goes on from where it was.",
    retryAfterMs,
  };
}
