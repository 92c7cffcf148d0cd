import { v, type Infer } from "convex/values";
import { internalMutation, internalQuery, type QueryCtx } from "../../_generated/server";
import { emptyRollup } from "../../../lib/monitoring/rollup";
import { SPANS } from "../../../lib/monitoring/spans";
import { oldestDueMs } from "../../sync/oldestDue";
import { priorityCounts } from "../../validators/job";
import { addToSpan, DEPLOYMENT } from "./spanRows";

/** Waiting jobs that are looked at; beyond, "or more". */
const WAITING = 2_000;
/** Jobs under way that are looked at: more than can run at once. */
const RUNNING = 100;

const gauge = v.object({ scope: v.string(), depth: priorityCounts, oldestMs: v.number() });
const queue = v.object({
  /** The deployment, and each organization with waiting jobs among those looked at. */
  gauges: v.array(gauge),
  waiting: v.number(),
  oldestMs: v.union(v.number(), v.null()),
  longestRunMs: v.union(v.number(), v.null()),
});

/** What waits and what runs now. A query of its own: nothing that works on the queue is delayed by being looked at. */
export const read = internalQuery({
  args: {},
  returns: queue,
  handler: async (ctx): Promise<Infer<typeof queue>> => {
    const now = Date.now();
    const jobs = await ctx.db
      .query("syncJobs")
      .withIndex("by_waiting_scheduledAt", (q) => q.eq("waiting", true))
      .take(WAITING);
    const gauges = new Map<string, Infer<typeof gauge>>();
    for (const job of jobs) {
      for (const scope of [DEPLOYMENT, job.orgId]) {
        const one = gauges.get(scope) ?? { scope, depth: emptyRollup().depth, oldestMs: 0 };
        one.depth[job.priority] += 1;
        one.oldestMs = Math.max(one.oldestMs, now - job.scheduledAt);
        gauges.set(scope, one);
      }
    }
    return {
      gauges: [...gauges.values()],
      waiting: jobs.length,
      oldestMs: await oldestDueMs(ctx, now),
      longestRunMs: await longestRunMs(ctx, now),
    };
  },
});

async function longestRunMs(ctx: QueryCtx, now: number): Promise<number | null> {
  const running = await ctx.db
    .query("syncJobs")
    .withIndex("by_status_leaseExpiresAt", (q) => q.eq("status", "processing"))
    .take(RUNNING);
  const starts = running.flatMap(({ startedAt }) => startedAt ?? []);
  return starts.length === 0 ? null : now - Math.min(...starts);
}

/** Keeps what was seen of the queue in the rows of this moment's spans. */
export const record = internalMutation({
  args: { gauges: v.array(gauge) },
  returns: v.null(),
  handler: async (ctx, { gauges }) => {
    const at = Date.now();
    for (const { scope, ...seen } of gauges) {
      for (const span of SPANS) await addToSpan(ctx, { scope, span, at }, { ...emptyRollup(), ...seen });
    }
    return null;
  },
});
