"use node";

import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalAction, type ActionCtx } from "../_generated/server";
import { describeUnexpected } from "../../lib/monitoring/unexpected";
import { createCallMeter, type CallCost, type CallMeter } from "../../lib/providers/call-meter";
import type { CalendarProvider, ProviderFailure } from "../../lib/providers/port";
import { openProvider } from "../../lib/providers/registry";
import { openCredentials } from "../connections/credentials/open";
import { addressPolicy, syncTimeoutMs } from "../settings";
import { openFreshChannel } from "../webhooks/openChannel";
import { BUDGET_SPENT, callBudget } from "./callBudget";
import type { Lease } from "./lease";
import type { Plan } from "./plan";
import { pullCalendar, type PullOutcome } from "./pull";

/** How a job ends; each case is one mutation that the lease holder may still make. */
type Outcome = PullOutcome | { kind: "done"; result: Counts } | ProviderFailure;
type Counts = Extract<PullOutcome, { kind: "done" }>["result"];

/**
 * Does one job in the name of its lease. It may find that the lease was lost, the account
 * disconnected or the calendar removed: then it changes nothing. Whatever else goes wrong is
 * recorded on the job, never thrown: a thrown error would be seen only by the sweep.
 */
export const run = internalAction({
  args: { jobId: v.id("syncJobs"), leaseId: v.string() },
  returns: v.null(),
  handler: async (ctx, lease): Promise<null> => {
    const deadline = Date.now() + syncTimeoutMs();
    const plan: Plan | null = await ctx.runQuery(internal.sync.plan.load, lease);
    if (plan === null) {
      await ctx.runMutation(internal.sync.endWork.abandon, lease);
      return null;
    }
    const meter = createCallMeter();
    const outcome = await attempt(ctx, lease, plan, { deadline, meter });
    await report(ctx, lease, outcome, meter.cost());
    return null;
  },
});

async function attempt(
  ctx: ActionCtx,
  lease: Lease,
  plan: Plan,
  { deadline, meter }: { deadline: number; meter: CallMeter },
): Promise<Outcome> {
  let provider: CalendarProvider | null = null;
  try {
    provider = await open(ctx, plan, meter);
    if (plan.type === "renew_subscription") return await openChannel(ctx, lease, provider, plan);
    return plan.calendar === null
      ? await refreshList(ctx, lease, provider)
      : await pullCalendar(ctx, lease, { provider, calendar: plan.calendar, type: plan.type, deadline });
  } catch (error) {
    const { name, frames } = describeUnexpected(error);
    console.error(`Job ${lease.jobId} ran into something unexpected: ${name}`, frames);
    return {
      kind: "unavailable",
      code: "unexpected",
      message: `Something unexpected happened (${name}).`,
      action: "LinearTime tries again by itself. If it lasts, tell whoever runs it.",
      retryAfterMs: null,
    };
  } finally {
    await provider?.close();
  }
}

async function open(
  ctx: ActionCtx,
  { orgId, providerConfigId, provider, serverUrl, account }: Plan,
  meter: CallMeter,
): Promise<CalendarProvider> {
  return openProvider({
    provider,
    settings: { serverUrl, username: account },
    credentials: await openCredentials(ctx, { orgId, providerConfigId, provider }),
    environment: process.env,
    policy: addressPolicy(),
    reserveCall: callBudget(ctx, { provider, providerConfigId }),
    meter,
  });
}

async function refreshList(
  ctx: ActionCtx,
  lease: Lease,
  provider: CalendarProvider,
): Promise<Outcome> {
  const listed = await provider.listCalendars();
  if (listed.kind !== "calendars") return listed;
  const applied: boolean = await ctx.runMutation(internal.calendars.discovery.apply, {
    ...lease,
    calendars: listed.calendars,
  });
  if (!applied) return { kind: "leaseLost" };
  return {
    kind: "done",
    result: { syncType: "list", upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 },
  };
}

async function openChannel(ctx: ActionCtx, lease: Lease, provider: CalendarProvider, plan: Plan): Promise<Outcome> {
  const calendarRemoteId = plan.calendar?.remoteId ?? null;
  const outcome = await openFreshChannel(ctx, lease, { provider, providerId: plan.provider, calendarRemoteId });
  if (outcome.kind !== "settled") return outcome;
  return { kind: "done", result: { syncType: "channel", upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 } };
}

async function report(ctx: ActionCtx, lease: Lease, outcome: Outcome, usage: CallCost): Promise<void> {
  switch (outcome.kind) {
    case "leaseLost":
      // Mostly it is; where what the job is about has gone instead, nobody else would end it.
      await ctx.runMutation(internal.sync.endWork.abandon, lease);
      return;
    case "done":
      await ctx.runMutation(internal.sync.complete.succeed, { ...lease, usage, result: outcome.result });
      return;
    case "timeUp":
      await ctx.runMutation(internal.sync.complete.yieldTurn, { ...lease, usage });
      return;
    case "cursorExpired":
      await ctx.runMutation(internal.sync.complete.startOver, { ...lease, usage });
      return;
    case "held":
      await ctx.runMutation(internal.calendars.held.hold, {
        ...lease,
        usage,
        deletions: outcome.deletions,
        known: outcome.known,
      });
      return;
    case "rateLimited":
      if (outcome.code === BUDGET_SPENT) {
        // We held ourselves back: nobody has refused anything.
        await ctx.runMutation(internal.sync.complete.yieldTurn, { ...lease, usage, afterMs: outcome.retryAfterMs ?? 0 });
        return;
      }
      await ctx.runMutation(internal.sync.complete.fail, { ...lease, usage, failure: outcome });
      return;
    default:
      await ctx.runMutation(internal.sync.complete.fail, { ...lease, usage, failure: outcome });
  }
}
