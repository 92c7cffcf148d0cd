import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { ActionCtx } from "../_generated/server";
import type { ProviderFailure } from "../../lib/providers/port";
import { callsPerMinute } from "../settings";

const MINUTE_MS = 60_000;
/** The code of a call that was not made, since the account had made its calls of the minute: nobody has refused anything. */
export const BUDGET_SPENT = "budget_spent";
/** Calls that are reserved at once: an account that makes few needs no more, and one that makes many would reserve often. */
const FIRST_BLOCK = 4;
const NEXT_BLOCKS = 16;

/** What runs in this process have reserved for an account in a minute, and not made yet. */
interface Reserved {
  left: number;
  /** End of the minute that they count in: they are good for no other. Epoch milliseconds. */
  goodUntil: number;
}
const reserved = new Map<string, Reserved>();
/** Reservations that have not been answered yet: who needs a call meanwhile waits for what it brings, and does not contend with it. */
const underWay = new Map<string, Promise<ProviderFailure | null>>();

/**
 * Keeps the calls of one account within its budget, over all runs together: each call is reserved before it is made, so
 * that a provider never has to refuse one. What one run has reserved and not needed, the next one in this process takes.
 * Null lets the call be made.
 */
export function callBudget(
  ctx: Pick<ActionCtx, "runMutation">,
  account: { provider: string; providerConfigId: Id<"providerConfigs"> },
): () => Promise<ProviderFailure | null> {
  const limit = callsPerMinute(account.provider);
  const key = `calls ${account.providerConfigId}`;
  return async () => {
    for (;;) {
      if (takeReserved(key)) return null;
      const others = underWay.get(key);
      if (others === undefined) break;
      await others.catch(() => null);
    }
    const reservation = reserve(ctx, key, limit).finally(() => underWay.delete(key));
    underWay.set(key, reservation);
    return await reservation;
  };
}

function takeReserved(key: string): boolean {
  const now = Date.now();
  for (const [other, { goodUntil }] of reserved) if (goodUntil <= now) reserved.delete(other);
  const known = reserved.get(key);
  if (known === undefined || known.left === 0) return false;
  known.left -= 1;
  return true;
}

/** Reserves a block of calls, of which the first is taken. */
async function reserve(ctx: Pick<ActionCtx, "runMutation">, key: string, limit: number): Promise<ProviderFailure | null> {
  const count = Math.min(reserved.has(key) ? NEXT_BLOCKS : FIRST_BLOCK, limit);
  const answer: { waitMs: number; windowEndsAt: number } = await ctx.runMutation(internal.accounts.rateLimits.reserve, {
    key,
    limit,
    windowMs: MINUTE_MS,
    count,
  });
  if (answer.waitMs > 0) return budgetSpent(answer.waitMs);
  reserved.set(key, { left: count - 1, goodUntil: answer.windowEndsAt });
  return null;
}

function budgetSpent(retryAfterMs: number): ProviderFailure {
  return {
    kind: "rateLimited",
    code: BUDGET_SPENT,
    message: "This account has made all the calls to its provider that it may make in a minute.",
    action: "Nothing to do: it goes on from where it was.",
    retryAfterMs,
  };
}
