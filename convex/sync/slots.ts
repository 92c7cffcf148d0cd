import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { concurrentJobs } from "../settings";
import { heldJob, type Lease } from "./lease";

/*
 * How many jobs may still start. The dispatcher keeps the turns that it began in a row that nobody else reads or
 * writes, and learns of their ends from the jobs themselves: an end leaves `turnEndedAt` on its own job. So no end of a turn
 * touches what a dispatch has read, however many end while it runs.
 */

/** One turn of a job, by the lease of the worker that has it. */
export type Turn = Doc<"queueSlots">["taken"][number];

/** Ends that one dispatch looks at; what it leaves out is found by {@link OVERLOOKED_AFTER_MS}. */
const ENDS = 200;
/** A turn that lasts longer is looked up: its end may have been committed late, or its job removed. */
const OVERLOOKED_AFTER_MS = 10_000;

/** The slots as they were at one moment, and the claims since. */
export class Slots {
  private constructor(
    private readonly rowId: Id<"queueSlots"> | null,
    private readonly taken: Turn[],
    private readonly seenUntil: number,
  ) {}

  /** Slots at `now`, before which everything has settled. */
  static async at(ctx: MutationCtx, now: number): Promise<Slots> {
    const row = await ctx.db.query("queueSlots").first();
    if (row === null) return new Slots(null, await turnsUnderWay(ctx), now);
    const seenUntil = Math.max(row.seenUntil, now);
    const ended = await endedBetween(ctx, row.seenUntil, seenUntil);
    const taken: Turn[] = [];
    for (const turn of row.taken) {
      if (ended.has(turn.jobId) && ended.get(turn.jobId) !== turn.leaseId) continue;
      if (turn.claimedAt < now - OVERLOOKED_AFTER_MS && (await heldJob(ctx, turn)) === null) continue;
      taken.push(turn);
    }
    return new Slots(row._id, taken, seenUntil);
  }

  get free(): number {
    return Math.max(0, concurrentJobs() - this.taken.length);
  }

  take(turn: Turn): void {
    this.taken.push(turn);
  }

  /** Remembers what was taken, and until when ends were seen. */
  async keep(ctx: MutationCtx): Promise<void> {
    const row = { taken: this.taken, seenUntil: this.seenUntil };
    if (this.rowId === null) await ctx.db.insert("queueSlots", row);
    else await ctx.db.patch(this.rowId, row);
  }
}

/** Before the first dispatch has kept anything. */
async function turnsUnderWay(ctx: MutationCtx): Promise<Turn[]> {
  const jobs = await ctx.db
    .query("syncJobs")
    .withIndex("by_status_leaseExpiresAt", (q) => q.eq("status", "processing"))
    .take(ENDS);
  return jobs.flatMap(({ _id, leaseId, startedAt }) => (leaseId === null ? [] : [{ jobId: _id, leaseId, claimedAt: startedAt ?? 0 }]));
}

/** Jobs of which a turn has ended, and the lease that each has now, if any. */
async function endedBetween(ctx: MutationCtx, after: number, until: number): Promise<Map<Id<"syncJobs">, Lease["leaseId"] | null>> {
  const jobs = await ctx.db
    .query("syncJobs")
    .withIndex("by_turnEndedAt", (q) => q.gt("turnEndedAt", after).lte("turnEndedAt", until))
    .take(ENDS);
  return new Map(jobs.map(({ _id, leaseId }) => [_id, leaseId]));
}
