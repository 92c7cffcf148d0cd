import { v, type Infer } from "convex/values";
import { query, type QueryCtx } from "../_generated/server";
import type { Caller } from "../accounts/caller";
import { figuresOf, pollingShare, totalOf } from "../../lib/monitoring/figures";
import { SPAN_MS, WINDOWS } from "../../lib/monitoring/spans";
import { priorityCounts } from "../validators/job";
import { callsByType, resultsBySyncType } from "../validators/turn";
import { findReader, scope, type Scope } from "./access";
import { lastSeenOf, lastSeenOfAll } from "./metrics/lastSeen";
import { DEPLOYMENT, readSpans } from "./metrics/spanRows";
import { describeProviders, providerRow } from "./providers";

/** Jobs that are counted one by one; beyond, "or more". */
const COUNTED = 200;

const optional = v.union(v.number(), v.null());
const figures = v.object({
  turns: v.number(),
  errors: v.number(),
  errorRate: optional,
  changes: v.number(),
  apiCalls: v.number(),
  callMs: optional,
  latencyP50: optional,
  latencyP95: optional,
  waitP95: optional,
  depth: priorityCounts,
  oldestMs: v.number(),
});

const overview = v.object({
  /** Spans in which something happened, oldest first. */
  points: v.array(figures.extend({ startAt: v.number() })),
  total: figures,
  byType: v.array(callsByType),
  bySyncType: v.array(resultsBySyncType),
  pollingShare: optional,
  providers: v.array(providerRow),
});

/** What has been measured in a window that ends now; null for somebody who may not see it. */
export const figuresIn = query({
  args: { scope, window: v.union(v.literal("1h"), v.literal("24h"), v.literal("7d")) },
  returns: v.union(overview, v.null()),
  handler: async (ctx, { scope: of, window }): Promise<Infer<typeof overview> | null> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return null;
    const rows = await spansOf(ctx, caller, of, window);
    const total = totalOf(rows);
    const seen = of === "deployment" ? await lastSeenOfAll(ctx) : await lastSeenOf(ctx, caller.user._id);
    return {
      points: rows.map((row) => ({ startAt: row.startAt, ...figuresOf(row) })),
      total: figuresOf(total),
      byType: total.byType,
      bySyncType: total.bySyncType,
      pollingShare: pollingShare(total),
      providers: describeProviders(seen, total),
    };
  },
});

async function spansOf(ctx: QueryCtx, caller: Caller, of: Scope, window: keyof typeof WINDOWS) {
  const { span, spans } = WINDOWS[window];
  const since = Date.now() - (spans - 1) * SPAN_MS[span];
  return await readSpans(ctx, { scope: of === "deployment" ? DEPLOYMENT : caller.orgId, span, since }, spans + 1);
}

const counts = v.object({
  waiting: v.number(),
  processing: v.number(),
  retry: v.number(),
  failed: v.number(),
  /** When the oldest job that is due became due; null where none is. */
  oldestDueAt: optional,
});

/** How many jobs there are now in each state that matters, up to 200 each; null for somebody who may not see it. */
export const queueNow = query({
  args: { scope },
  returns: v.union(counts, v.null()),
  handler: async (ctx, { scope: of }): Promise<Infer<typeof counts> | null> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return null;
    const jobsIn = async (status: "pending" | "processing" | "retry" | "failed") => {
      const jobs = ctx.db.query("syncJobs");
      const found =
        of === "deployment"
          ? jobs.withIndex("by_status", (q) => q.eq("status", status))
          : jobs.withIndex("by_ownerUserId_status", (q) => q.eq("ownerUserId", caller.user._id).eq("status", status));
      return await found.take(COUNTED);
    };
    const [pending, processing, retry, failed] = await Promise.all([
      jobsIn("pending"),
      jobsIn("processing"),
      jobsIn("retry"),
      jobsIn("failed"),
    ]);
    const due = [...pending, ...retry].map(({ scheduledAt }) => scheduledAt);
    return {
      waiting: pending.length + retry.length,
      processing: processing.length,
      retry: retry.length,
      failed: failed.length,
      oldestDueAt: due.length === 0 ? null : Math.min(...due),
    };
  },
});
