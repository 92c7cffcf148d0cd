import { v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Doc, Id } from "../../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../../_generated/server";
import { ALERT_KINDS } from "../../../lib/monitoring/alert-kinds";
import { mayTryAgain, NOTICE_LEASE_MS, NOTICE_PAUSE_MS, NOTICE_SETTLE_MS } from "../../../lib/monitoring/notices";
import { backoffMs } from "../../../lib/queue/backoff";
import { alertWebhookUrl } from "../../settings";
import { alertSeverity } from "../../validators/alert";

/*
 * What the receiver of alerts has still to be told. Each change of an alert is a row; whoever sends takes all that
 * wait at once, so that a flood becomes one message. A row being sent is leased by its `dueAt`: when the sender
 * dies, it is due again.
 */

/** Rows of one message. */
const ROWS_PER_MESSAGE = 500;

const notice = v.object({
  event: v.union(v.literal("opened"), v.literal("closed")),
  title: v.string(),
  message: v.string(),
  severity: alertSeverity,
  openedAt: v.number(),
});
export type Notice = Infer<typeof notice>;

/** Has the receiver told of a change, if there is one. */
export async function noteChange(
  ctx: MutationCtx,
  alertId: Id<"alerts">,
  event: Notice["event"],
): Promise<void> {
  if (alertWebhookUrl() === null) return;
  const dueAt = Date.now() + NOTICE_SETTLE_MS;
  const before = await nextWaiting(ctx);
  await ctx.db.insert("alertNotices", { alertId, event, state: "waiting", dueAt, attempt: 0 });
  // Where one waits already, somebody comes for it and takes this one along.
  if (before === null) await ctx.scheduler.runAt(dueAt, internal.monitoring.alerts.deliver.run, {});
}

async function nextWaiting(ctx: MutationCtx): Promise<Doc<"alertNotices"> | null> {
  return await ctx.db
    .query("alertNotices")
    .withIndex("by_state_dueAt", (q) => q.eq("state", "waiting"))
    .first();
}

/**
 * Leases everything that is due, for one message; empty where nothing is due, or where the last message was sent so
 * recently that the next one waits and takes more along.
 */
export const take = internalMutation({
  args: {},
  returns: v.array(v.object({ noticeId: v.id("alertNotices"), notice })),
  handler: async (ctx) => {
    const now = Date.now();
    const due = await ctx.db
      .query("alertNotices")
      .withIndex("by_state_dueAt", (q) => q.eq("state", "waiting").lte("dueAt", now))
      .take(ROWS_PER_MESSAGE);
    if (due.length === 0) return [];
    const last = await ctx.db
      .query("alertNotices")
      .withIndex("by_state_dueAt", (q) => q.eq("state", "sent"))
      .order("desc")
      .first();
    if (last !== null && now < last.dueAt + NOTICE_PAUSE_MS) {
      await ctx.scheduler.runAt(last.dueAt + NOTICE_PAUSE_MS, internal.monitoring.alerts.deliver.run, {});
      return [];
    }
    const taken: { noticeId: Id<"alertNotices">; notice: Notice }[] = [];
    for (const row of due) {
      const alert = await ctx.db.get(row.alertId);
      if (alert === null) {
        await ctx.db.delete(row._id);
        continue;
      }
      await ctx.db.patch(row._id, { dueAt: now + NOTICE_LEASE_MS, attempt: row.attempt + 1 });
      const { severity, message, openedAt } = alert;
      const { title } = ALERT_KINDS[alert.kind];
      taken.push({ noticeId: row._id, notice: { event: row.event, title, message, severity, openedAt } });
    }
    return taken;
  },
});

/** Has a message sent that is due although nobody comes for it: whoever was to send it is gone. */
export const wake = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const next = await nextWaiting(ctx);
    if (next !== null && next.dueAt <= Date.now()) {
      await ctx.scheduler.runAfter(0, internal.monitoring.alerts.deliver.run, {});
    }
    return null;
  },
});

/** What became of a message: told, or to be tried again later, or given up. */
export const settle = internalMutation({
  args: { noticeIds: v.array(v.id("alertNotices")), delivered: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { noticeIds, delivered }) => {
    const now = Date.now();
    let nextAt: number | null = null;
    for (const noticeId of noticeIds) {
      const row = await ctx.db.get(noticeId);
      if (row === null || row.state !== "waiting") continue;
      if (delivered) {
        await ctx.db.patch(noticeId, { state: "sent", dueAt: now });
      } else if (!mayTryAgain(row.attempt)) {
        await ctx.db.patch(noticeId, { state: "given_up", dueAt: now });
      } else {
        const { attempt } = row;
        const delayMs = backoffMs({ provider: "", attempt, retryAfterMs: null, random: Math.random() });
        await ctx.db.patch(noticeId, { dueAt: now + delayMs });
        nextAt = Math.max(nextAt ?? 0, now + delayMs);
      }
    }
    nextAt ??= (await nextWaiting(ctx))?.dueAt ?? null;
    if (nextAt !== null) await ctx.scheduler.runAt(nextAt, internal.monitoring.alerts.deliver.run, {});
    return null;
  },
});
