import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { openedUntil } from "./breaker";

/** Due jobs that are looked at to find one that nothing keeps from starting. */
const LOOKED_AT = 200;

/**
 * For how long a job has been due that might have started, milliseconds; null where none is. What waits because its account's
 * provider fails, and is left alone for a while, is due from the end of that pause on: nobody is late with it.
 */
export async function oldestDueMs(ctx: Pick<QueryCtx, "db">, now: number): Promise<number | null> {
  const pauses = new Map<Id<"providerConfigs">, number>();
  const due = await ctx.db
    .query("syncJobs")
    .withIndex("by_waiting_scheduledAt", (q) => q.eq("waiting", true).lte("scheduledAt", now))
    .take(LOOKED_AT);
  let oldest: number | null = null;
  for (const { providerConfigId, scheduledAt } of due) {
    // They come in the order of their times.
    if (oldest !== null && oldest <= scheduledAt) break;
    const pausedUntil = pauses.get(providerConfigId) ?? (await openedUntil(ctx, providerConfigId)) ?? 0;
    pauses.set(providerConfigId, pausedUntil);
    const since = Math.max(scheduledAt, pausedUntil);
    if (since <= now) oldest = Math.min(since, oldest ?? since);
  }
  return oldest === null ? null : now - oldest;
}
