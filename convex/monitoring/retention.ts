import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { keptMs, SPANS } from "../../lib/monitoring/spans";
import { auditRetentionDays, metricsRetentionDays } from "../settings";

const ROWS_PER_STEP = 500;
const DAY_MS = 24 * 60 * 60_000;

/** Daily: removes figures, audit entries, closed alerts and settled notices that are old, a bounded step at a time. */
export const sweep = internalMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx): Promise<number> => {
    const old = await oldRows(ctx, Date.now());
    for (const row of old) await ctx.db.delete(row._id);
    if (old.length === ROWS_PER_STEP) {
      await ctx.scheduler.runAfter(0, internal.monitoring.retention.sweep, {});
    }
    return old.length;
  },
});

type Row = Doc<"syncMetrics" | "auditLog" | "alerts" | "alertNotices">;

/** At most one step's worth, of one table after the other. */
async function oldRows(ctx: MutationCtx, now: number): Promise<Row[]> {
  const auditBefore = now - auditRetentionDays() * DAY_MS;
  const rows: Row[] = [];
  const left = () => ROWS_PER_STEP - rows.length;
  for (const span of SPANS) {
    if (left() === 0) break;
    const before = now - keptMs(span, metricsRetentionDays());
    rows.push(
      ...(await ctx.db
        .query("syncMetrics")
        .withIndex("by_span_startAt", (q) => q.eq("span", span).lt("startAt", before))
        .take(left())),
    );
  }
  if (left() > 0) {
    rows.push(
      ...(await ctx.db
        .query("auditLog")
        .withIndex("by_at", (q) => q.lt("at", auditBefore))
        .take(left())),
    );
  }
  if (left() > 0) {
    rows.push(
      ...(await ctx.db
        .query("alerts")
        .withIndex("by_closedAt", (q) => q.gt("closedAt", 0).lt("closedAt", auditBefore))
        .take(left())),
    );
  }
  for (const state of ["sent", "given_up"] as const) {
    if (left() === 0) break;
    rows.push(
      ...(await ctx.db
        .query("alertNotices")
        .withIndex("by_state_dueAt", (q) => q.eq("state", state).lt("dueAt", auditBefore))
        .take(left())),
    );
  }
  return rows;
}
