import type { Doc } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import { mergeRollups, type Rollup } from "../../../lib/monitoring/rollup";
import { spanStart, type Span } from "../../../lib/monitoring/spans";

/** The scope of everything together; others are an organization's id. */
export const DEPLOYMENT = "deployment";

/** Adds to the row of the span in which `at` lies. Called by the minute cron, and where jobs that it has not seen yet are removed. */
export async function addToSpan(
  ctx: MutationCtx,
  { scope, span, at }: { scope: string; span: Span; at: number },
  more: Rollup,
): Promise<void> {
  const startAt = spanStart(span, at);
  const row = await ctx.db
    .query("syncMetrics")
    .withIndex("by_scope_span_startAt", (q) => q.eq("scope", scope).eq("span", span).eq("startAt", startAt))
    .unique();
  if (row === null) await ctx.db.insert("syncMetrics", { scope, span, startAt, ...more });
  else await ctx.db.patch(row._id, mergeRollups(row, more));
}

/** The rows of the spans from `since` on (epoch milliseconds), at most `limit`, oldest first. */
export async function readSpans(
  ctx: Pick<QueryCtx, "db">,
  { scope, span, since }: { scope: string; span: Span; since: number },
  limit: number,
): Promise<Doc<"syncMetrics">[]> {
  return await ctx.db
    .query("syncMetrics")
    .withIndex("by_scope_span_startAt", (q) =>
      q.eq("scope", scope).eq("span", span).gte("startAt", spanStart(span, since)),
    )
    .take(limit);
}
