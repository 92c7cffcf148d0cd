import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { OPEN_FROM, openUntil, PROBE_MS } from "../../lib/queue/breaker";
import { joinLine } from "./lanes";

/*
 * The circuit breaker of a connection. A row exists only after failures, and goes with the first success: a calm connection
 * has none.
 */

async function find(
  ctx: Pick<QueryCtx, "db">,
  providerConfigId: Id<"providerConfigs">,
): Promise<Doc<"connectionBreakers"> | null> {
  return await ctx.db
    .query("connectionBreakers")
    .withIndex("by_providerConfigId", (q) => q.eq("providerConfigId", providerConfigId))
    .unique();
}

/** The provider could not be reached or did not work, once more. */
export async function countFailure(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">): Promise<void> {
  const row = await find(ctx, providerConfigId);
  const failures = (row?.failures ?? 0) + 1;
  const state = { failures, openUntil: openUntil(failures, Date.now()) };
  if (row === null) await ctx.db.insert("connectionBreakers", { providerConfigId, ...state });
  else await ctx.db.patch(row._id, state);
}

/** It works, or a person asks for it to be tried: what was held back has its turn. */
export async function closeBreaker(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">): Promise<void> {
  const row = await find(ctx, providerConfigId);
  if (row === null) return;
  await ctx.db.delete(row._id);
  const config = await ctx.db.get(providerConfigId);
  if (config !== null && row.openUntil !== null) await joinLine(ctx, config.orgId, Date.now());
}

/** Until when no job of a connection may start, epoch milliseconds; null where one may. */
export async function blockedUntil(
  ctx: Pick<MutationCtx, "db">,
  providerConfigId: Id<"providerConfigs">,
  now: number,
): Promise<number | null> {
  const until = await openedUntil(ctx, providerConfigId);
  return until !== null && until > now ? until : null;
}

/** Until when a connection is, or was last, left alone, epoch milliseconds; null where its failures are few. */
export async function openedUntil(ctx: Pick<QueryCtx, "db">, providerConfigId: Id<"providerConfigs">): Promise<number | null> {
  return (await find(ctx, providerConfigId))?.openUntil ?? null;
}

/** A job of the connection starts. While its breaker is half open it is the only one. */
export async function noteProbe(ctx: MutationCtx, providerConfigId: Id<"providerConfigs">, now: number): Promise<void> {
  const row = await find(ctx, providerConfigId);
  if (row !== null && row.failures >= OPEN_FROM) await ctx.db.patch(row._id, { openUntil: now + PROBE_MS });
}
