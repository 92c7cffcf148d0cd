import type { MutationCtx, QueryCtx } from "../_generated/server";

/*
 * How many notifications did not verify: by provider and minute, and nothing of what they said. However long a flood lasts, it
 * fills one row a minute; where they come one by one, a sample of them is written.
 */

const MINUTE_MS = 60_000;
/** Of fewer refusals than so many at once, one in so many is written, and stands for as many. */
const SAMPLED = 20;
/** Rows of one look: minutes, times providers. */
const ROWS = 500;

/** Counts refusals, given by provider. */
export async function countRefusals(ctx: MutationCtx, refused: ReadonlyMap<string, number>, now: number): Promise<void> {
  for (const [provider, count] of refused) {
    const weight = count >= SAMPLED ? count : Math.random() < count / SAMPLED ? SAMPLED : 0;
    if (weight === 0) continue;
    const at = now - (now % MINUTE_MS);
    const row = await ctx.db
      .query("webhookRefusals")
      .withIndex("by_provider_at", (q) => q.eq("provider", provider).eq("at", at))
      .first();
    if (row === null) await ctx.db.insert("webhookRefusals", { provider, weight, at });
    else await ctx.db.patch(row._id, { weight: row.weight + weight });
  }
}

/** Refusals from `since` until now, epoch milliseconds: of a minute that began before, its share. */
export async function refusalsSince(ctx: Pick<QueryCtx, "db">, since: number): Promise<number> {
  const rows = await ctx.db
    .query("webhookRefusals")
    .withIndex("by_at", (q) => q.gt("at", since - MINUTE_MS))
    .take(ROWS);
  const sum = rows.reduce((total, { weight, at }) => total + weight * Math.min(1, (at + MINUTE_MS - since) / MINUTE_MS), 0);
  return Math.round(sum);
}
