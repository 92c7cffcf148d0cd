import { v, type Infer } from "convex/values";
import { query } from "../_generated/server";
import { requireServer } from "../accounts/server";
import { totalOf } from "../../lib/monitoring/figures";
import { isSyncing } from "../../lib/monitoring/health";
import { RATE_WINDOW_MINUTES } from "../../lib/monitoring/rules";
import { alertThresholds } from "../settings";
import { oldestDueMs } from "../sync/oldestDue";
import { notificationFacts } from "./facts";
import { lastSeenOfAll } from "./metrics/lastSeen";
import { DEPLOYMENT, readSpans } from "./metrics/spanRows";
import { describeProviders, providerRow } from "./providers";

const COUNTED = 100;

const health = v.object({
  syncing: v.boolean(),
  queue: v.object({
    /** How long the oldest job has waited that might have started, milliseconds; null where none is due. */
    oldestMs: v.union(v.number(), v.null()),
    processing: v.number(),
    /** Dead letters, up to 100. */
    failed: v.number(),
  }),
  webhooks: v.object({ received: v.number(), refused: v.number() }),
  providers: v.array(providerRow),
  /** Open alerts, up to 100. */
  openAlerts: v.number(),
});

/** Server only. How the deployment is; rates are of the last 15 minutes. */
export const check = query({
  args: { secret: v.string() },
  returns: health,
  handler: async (ctx, { secret }): Promise<Infer<typeof health>> => {
    requireServer(secret);
    const now = Date.now();
    const since = now - RATE_WINDOW_MINUTES * 60_000;
    const oldestMs = await oldestDueMs(ctx, now);
    const inStatus = async (status: "processing" | "failed") =>
      (
        await ctx.db
          .query("syncJobs")
          .withIndex("by_status", (q) => q.eq("status", status))
          .take(COUNTED)
      ).length;
    const minutes = await readSpans(ctx, { scope: DEPLOYMENT, span: "minute", since }, RATE_WINDOW_MINUTES + 1);
    const open = await ctx.db
      .query("alerts")
      .withIndex("by_closedAt", (q) => q.eq("closedAt", null))
      .take(COUNTED);
    return {
      syncing: isSyncing({ oldestMs, oldestAllowedMs: alertThresholds().oldestJobMs }),
      queue: { oldestMs, processing: await inStatus("processing"), failed: await inStatus("failed") },
      webhooks: await notificationFacts(ctx, since),
      providers: describeProviders(await lastSeenOfAll(ctx), totalOf(minutes)),
      openAlerts: open.length,
    };
  },
});
