import type { MutationCtx, QueryCtx } from "../_generated/server";

/*
 * How many notifications did not verify, by provider, and nothing of what they said. A row is written and never changed, so that
 * several web servers can count at once. The routes stop a flood before it gets here (`app/api/webhooks/flood-guard`), and where
 * refusals come one by one, a sample of them is written: some rows in ten seconds at most, by each web server.
 */

/** Of fewer refusals than so many at once, one in so many is written, and stands for as many. */
const SAMPLED = 20;
/** Rows of one look. */
const ROWS = 1_000;

/** Counts refusals, given by provider. */
export async function countRefusals(ctx: MutationCtx, refused: ReadonlyMap<string, number>, now: number): Promise<void> {
  for (const [provider, count] of refused) {
    const weight = count >= SAMPLED ? count : Math.random() < count / SAMPLED ? SAMPLED : 0;
    if (weight > 0) await ctx.db.insert("webhookRefusals", { provider, weight, at: now });
  }
}

/** Refusals from `since` until now, epoch milliseconds; of very many, those that were written last. */
export async function refusalsSince(ctx: Pick<QueryCtx, "db">, since: number): Promise<number> {
  const rows = await ctx.db
    .query("webhookRefusals")
    .withIndex("by_at", (q) => q.gte("at", since))
    .order("desc")
    .take(ROWS);
  return rows.reduce((total, { weight }) => total + weight, 0);
}
