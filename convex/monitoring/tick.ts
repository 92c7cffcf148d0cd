import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalAction, type ActionCtx } from "../_generated/server";
import type { LateConnection } from "./alerts/lag";

/** Steps of folding in one minute: far more than can come in within one. */
const FOLDING_STEPS = 50;
/** Late accounts that get an alert of their own; with so many, there are other alerts. */
const LATE = 300;

/**
 * Every minute: rolls up what was measured, looks at the queue, and opens and closes the alerts that follow from
 * figures. Each part is a transaction of its own; what one minute does not get done, the next one does.
 */
export const run = internalAction({
  args: {},
  returns: v.null(),
  handler: async (ctx): Promise<null> => {
    await fold(ctx);
    const { gauges, ...queue } = await ctx.runQuery(internal.monitoring.metrics.queue.read, {});
    await ctx.runMutation(internal.monitoring.metrics.queue.record, { gauges: gauges.slice(0, LATE) });
    const facts = await ctx.runQuery(internal.monitoring.alerts.evaluate.facts, { queue });
    await ctx.runMutation(internal.monitoring.alerts.evaluate.deployment, { facts });
    await ctx.runMutation(internal.monitoring.alerts.evaluate.channels, {});
    await ctx.runMutation(internal.monitoring.alerts.lag.settle, { late: await lateConnections(ctx) });
    await ctx.runMutation(internal.monitoring.alerts.notices.wake, {});
    return null;
  },
});

async function fold(ctx: ActionCtx): Promise<void> {
  for (let step = 0; step < FOLDING_STEPS; step += 1) {
    const { more }: { more: boolean } = await ctx.runMutation(internal.monitoring.metrics.fold.step, {});
    if (!more) return;
  }
}

async function lateConnections(ctx: ActionCtx): Promise<LateConnection[]> {
  const late = new Map<string, LateConnection>();
  let cursor: string | null = null;
  do {
    const page: { late: LateConnection[]; cursor: string | null } = await ctx.runQuery(
      internal.monitoring.alerts.lag.page,
      { cursor },
    );
    for (const one of page.late) {
      const known = late.get(one.connectionId);
      late.set(one.connectionId, known === undefined ? one : together(known, one));
    }
    cursor = page.cursor;
  } while (cursor !== null && late.size < LATE);
  return [...late.values()].slice(0, LATE);
}

function together(a: LateConnection, b: LateConnection): LateConnection {
  return { ...a, calendars: a.calendars + b.calendars, lagMs: Math.max(a.lagMs, b.lagMs), justAsked: a.justAsked && b.justAsked };
}
