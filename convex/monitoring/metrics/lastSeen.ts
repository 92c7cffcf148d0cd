import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import { isError } from "../../../lib/monitoring/rollup";
import { turnsOf, type Turn } from "./turns";

/** Providers of one person, or of the deployment. */
const PROVIDERS = 50;
/** Jobs that are not in the figures yet, of which a page reads at most so many. */
const UNFOLDED = 200;

/** Whose: a person's, or everybody's together. */
type Whose = Id<"users"> | undefined;
/** When a provider last answered, and last did not. */
export type LastSeen = Pick<Doc<"providerHealth">, "provider" | "lastSuccessAt" | "lastFailureAt" | "lastErrorCode">;

/** Of everything together, as of the last minute. */
export async function lastSeenOfAll(ctx: Pick<QueryCtx, "db">): Promise<LastSeen[]> {
  return await rowsOf(ctx, undefined);
}

/** Of one person's accounts, as of now. */
export async function lastSeenOf(ctx: Pick<QueryCtx, "db">, ownerUserId: Id<"users">): Promise<LastSeen[]> {
  const unfolded = await ctx.db
    .query("syncJobs")
    .withIndex("by_ownerUserId_unfoldedSince", (q) => q.eq("ownerUserId", ownerUserId).gt("unfoldedSince", 0))
    .order("desc")
    .take(UNFOLDED);
  const seen = new Map((await rowsOf(ctx, ownerUserId)).map((row) => [row.provider, row]));
  for (const turn of turnsOf(unfolded)) seen.set(turn.provider, after(seen.get(turn.provider), turn));
  return [...seen.values()];
}

/** Notes when providers last answered and last did not, for each person and for everybody together. Called where turns are folded. */
export async function noteHealth(ctx: MutationCtx, turns: readonly Turn[]): Promise<void> {
  const changed = new Map<string, { whose: Whose; seen: LastSeen; rowId: Id<"providerHealth"> | null }>();
  for (const turn of turns) {
    for (const whose of turn.ownerUserId === undefined ? [undefined] : [undefined, turn.ownerUserId]) {
      const key = `${whose ?? ""} ${turn.provider}`;
      const known = changed.get(key) ?? (await find(ctx, whose, turn.provider));
      changed.set(key, { whose, rowId: known.rowId, seen: after(known.seen, turn) });
    }
  }
  for (const { whose, seen, rowId } of changed.values()) {
    if (rowId === null) await ctx.db.insert("providerHealth", { ownerUserId: whose, ...seen });
    else await ctx.db.patch(rowId, seen);
  }
}

/** Somebody's last account at a provider is gone. */
export async function forgetHealth(ctx: MutationCtx, ownerUserId: Id<"users">, provider: string): Promise<void> {
  const { rowId } = await find(ctx, ownerUserId, provider);
  if (rowId !== null) await ctx.db.delete(rowId);
}

function after(seen: LastSeen | undefined, { provider, outcome, errorCode, at }: Turn): LastSeen {
  const before = seen ?? { provider, lastSuccessAt: null, lastFailureAt: null, lastErrorCode: null };
  if (!isError(outcome)) return { ...before, lastSuccessAt: Math.max(before.lastSuccessAt ?? 0, at) };
  return at < (before.lastFailureAt ?? 0) ? before : { ...before, lastFailureAt: at, lastErrorCode: errorCode };
}

async function rowsOf(ctx: Pick<QueryCtx, "db">, whose: Whose): Promise<LastSeen[]> {
  const rows = await ctx.db
    .query("providerHealth")
    .withIndex("by_ownerUserId_provider", (q) => q.eq("ownerUserId", whose))
    .take(PROVIDERS);
  return rows.map(withoutIds);
}

async function find(
  ctx: Pick<QueryCtx, "db">,
  whose: Whose,
  provider: string,
): Promise<{ whose: Whose; seen: LastSeen | undefined; rowId: Id<"providerHealth"> | null }> {
  const row = await ctx.db
    .query("providerHealth")
    .withIndex("by_ownerUserId_provider", (q) => q.eq("ownerUserId", whose).eq("provider", provider))
    .unique();
  return { whose, seen: row === null ? undefined : withoutIds(row), rowId: row?._id ?? null };
}

function withoutIds({ provider, lastSuccessAt, lastFailureAt, lastErrorCode }: Doc<"providerHealth">): LastSeen {
  return { provider, lastSuccessAt, lastFailureAt, lastErrorCode };
}
