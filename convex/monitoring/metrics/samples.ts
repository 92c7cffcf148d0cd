import { v, type Infer } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import type { SampleOutcome, SyncType } from "../../../lib/monitoring/rollup";

/** HTTP calls that a turn made, and what they took together in milliseconds. */
export const usage = v.object({ apiCalls: v.number(), callMs: v.number() });
export type Usage = Infer<typeof usage>;

/** How a turn of a job ended. */
export interface TurnEnd {
  outcome: SampleOutcome;
  /** Undefined where nobody is left to tell, as after the loss of a worker. */
  usage?: Usage;
  syncType?: SyncType;
  /** Events written or deleted. */
  changes?: number;
  errorCode?: string;
}

/** Measures the end of a job's turn, in the transaction that ends it. `job` is the row as it was while it ran. */
export async function recordTurn(ctx: Pick<MutationCtx, "db">, job: Doc<"syncJobs">, end: TurnEnd): Promise<void> {
  const config = await ctx.db.get(job.providerConfigId);
  const now = Date.now();
  const startedAt = job.startedAt ?? now;
  await ctx.db.insert("syncSamples", {
    orgId: job.orgId,
    ownerUserId: config?.ownerUserId ?? null,
    providerConfigId: job.providerConfigId,
    provider: config?.provider ?? job.provider ?? "unknown",
    type: job.type,
    syncType: end.syncType ?? null,
    outcome: end.outcome,
    waitMs: Math.max(0, startedAt - job.scheduledAt),
    runMs: Math.max(0, now - startedAt),
    changes: end.changes ?? 0,
    apiCalls: end.usage?.apiCalls ?? 0,
    callMs: end.usage?.callMs ?? 0,
    errorCode: end.errorCode ?? null,
    at: now,
    folded: false,
  });
}
