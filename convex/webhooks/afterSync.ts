import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { LONGEST_MS } from "../../lib/channels/rhythm";
import { pollingIntervalMs, pollingOnly } from "../settings";
import { enqueue } from "../sync/enqueue";
import { lastNotifiedAt } from "./heard";
import { addWatch, changeWatch, pushes, retireChannels, SAFETY_NET_MS, watchOf, type Watch } from "./watches";

/** A notification that is no older than this when a read finds its change has not been missed: it is on its way, or just came. */
const ON_ITS_WAY_MS = 2 * 60_000;

/**
 * What a run that came to its end means for how its calendar is watched. Nothing is written after a run that a
 * notification asked for: those are the many.
 */
export async function afterSync(ctx: MutationCtx, job: Doc<"syncJobs">, changes: number): Promise<void> {
  const config = await ctx.db.get(job.providerConfigId);
  if (config === null || !pushes(config.provider) || job.type === "renew_subscription") return;
  const watch = await watchOf(ctx, config._id, job.calendarId);
  if (watch === null) {
    await addWatch(ctx, config, job.calendarId);
    if (!pollingOnly()) await askForChannel(ctx, job);
    return;
  }
  if (job.calendarId === null || job.type === "webhook_sync") return;
  const now = Date.now();
  const fullAt = job.type === "full_sync" ? now + SAFETY_NET_MS : watch.fullAt;
  if (watch.mode === "polling") {
    await readAgainAfter(ctx, watch, { intervalMs: pollingIntervalMs(), fullAt, now });
    return;
  }
  const heardAt = await lastNotifiedAt(ctx, watch._id);
  const isSilent = changes > 0 && now - (heardAt ?? watch._creationTime) > ON_ITS_WAY_MS;
  // Changes that nobody told of: the channel is dead, whatever its expiry says. What happens until there is another is read then.
  if (isSilent) {
    await retireChannels(ctx, watch._id);
    await askForChannel(ctx, job);
  }
  await readAgainAfter(ctx, watch, { intervalMs: LONGEST_MS, fullAt, now });
}

/** The calendar is not there any more. Where lists are read once a day, because changes of them are announced, this one is read now. */
export async function afterGone(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<void> {
  const config = await ctx.db.get(job.providerConfigId);
  if (config === null || job.calendarId === null || !pushes(config.provider)) return;
  const { orgId, providerConfigId } = job;
  await enqueue(ctx, { orgId, providerConfigId, calendarId: null, type: "refresh_calendar_list", priority: "medium" });
}

/** The next read is so far away from now. Where the watch says nearly that already, as after the tick that asked for this run, nothing is written. */
async function readAgainAfter(
  ctx: MutationCtx,
  watch: Watch,
  { intervalMs, fullAt, now }: { intervalMs: number; fullAt: number | null; now: number },
): Promise<void> {
  const readAt = now + intervalMs;
  const moves = Math.abs((watch.readAt ?? 0) - readAt) > intervalMs * NEARLY || fullAt !== watch.fullAt;
  if (moves) await changeWatch(ctx, watch, { readAt, fullAt });
}
const NEARLY = 0.05;

async function askForChannel(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<void> {
  const { orgId, providerConfigId, calendarId } = job;
  await enqueue(ctx, { orgId, providerConfigId, calendarId, type: "renew_subscription", priority: "medium" });
}
