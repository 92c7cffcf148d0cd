import { v, type Infer } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import type { Sample, SampleOutcome, SyncType } from "../../../lib/monitoring/rollup";

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

/**
 * Measures the end of a job's turn, on the job itself and in the transaction that ends it: a row that is written anyway. `job` is
 * the row as it was while it ran.
 */
export async function recordTurn(ctx: Pick<MutationCtx, "db">, job: Doc<"syncJobs">, end: TurnEnd): Promise<void> {
  const now = Date.now();
  const startedAt = job.startedAt ?? now;
  const turn = {
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
  };
  await ctx.db.patch(job._id, { unfolded: [...(job.unfolded ?? []), turn], unfoldedSince: job.unfoldedSince ?? now });
}

/** One end of a turn that is not in the figures yet, and whose it was. */
export interface Turn extends Sample {
  orgId: Doc<"syncJobs">["orgId"];
  ownerUserId: Doc<"syncJobs">["ownerUserId"];
  errorCode: string | null;
  /** When it ended, epoch milliseconds. */
  at: number;
}

/** What jobs have not yet told the figures, in the order in which it happened. */
export function turnsOf(jobs: readonly Doc<"syncJobs">[]): Turn[] {
  const turns = jobs.flatMap(({ orgId, ownerUserId, provider, unfolded }) =>
    (unfolded ?? []).map((turn) => ({ ...turn, orgId, ownerUserId, provider: provider ?? "unknown" })),
  );
  return turns.sort((a, b) => a.at - b.at);
}
