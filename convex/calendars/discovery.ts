import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../_generated/server";
import { enqueue } from "../sync/enqueue";
import { heldJob } from "../sync/lease";
import { remoteCalendar } from "../validators/remote";
import { pushes } from "../webhooks/watches";
import { syncTokenOf } from "./progress";
import { removeCalendar } from "./removal";

const CALENDARS = 500;
/** Calendars that one list takes away; should more be gone, the next list takes them. */
const GONE_AT_ONCE = 100;

type Remote = Infer<typeof remoteCalendar>;

/**
 * Brings the calendars of a connection in step with the provider's list, in the name of a run,
 * and asks for each of them to be read. A calendar that is gone is removed; when the list
 * is suddenly empty nothing is, for that is rarely true. Returns false when the lease is lost.
 */
export const apply = internalMutation({
  args: { jobId: v.id("syncJobs"), leaseId: v.string(), calendars: v.array(remoteCalendar) },
  returns: v.boolean(),
  handler: async (ctx, { calendars, ...lease }): Promise<boolean> => {
    const job = await heldJob(ctx, lease);
    const config = job && (await ctx.db.get(job.providerConfigId));
    if (job === null || config === null) return false;
    const stored = await ctx.db
      .query("calendars")
      .withIndex("by_providerConfigId_remoteId", (q) => q.eq("providerConfigId", config._id))
      .take(CALENDARS);
    const left = new Map(stored.map((row) => [row.remoteId, row]));
    for (const remote of calendars.slice(0, CALENDARS)) {
      const row = left.get(remote.remoteId);
      left.delete(remote.remoteId);
      const calendarId = row === undefined ? await add(ctx, config, remote) : await update(ctx, row, remote);
      // Calendars that are watched, or polled by themselves, need no reading because the list was read.
      if (row !== undefined && pushes(config.provider) && job.priority !== "critical") continue;
      await enqueue(ctx, {
        orgId: config.orgId,
        providerConfigId: config._id,
        calendarId,
        type: (await syncTokenOf(ctx, calendarId))?.complete ? "polling_sync" : "full_sync",
        priority: job.priority,
      });
    }
    if (calendars.length > 0) {
      for (const gone of [...left.values()].slice(0, GONE_AT_ONCE)) await removeCalendar(ctx, gone);
    }
    return true;
  },
});

async function add(
  ctx: MutationCtx,
  config: Doc<"providerConfigs">,
  remote: Remote,
): Promise<Id<"calendars">> {
  const { orgId, ownerUserId } = config;
  const calendarId = await ctx.db.insert("calendars", {
    orgId,
    ownerUserId,
    providerConfigId: config._id,
    ...remote,
    visible: true,
    strategy: "polling",
  });
  await ctx.db.insert("calendarSyncState", {
    orgId,
    ownerUserId,
    providerConfigId: config._id,
    calendarId,
    phase: "waiting",
    progress: null,
    resources: null,
    lastSuccessAt: null,
    lastAttemptAt: null,
    error: null,
    held: null,
    releasedDeletions: null,
  });
  await ctx.db.insert("syncTokens", {
    orgId,
    calendarId,
    cursor: null,
    pageToken: null,
    done: 0,
    complete: false,
  });
  return calendarId;
}

async function update(
  ctx: MutationCtx,
  row: Doc<"calendars">,
  remote: Remote,
): Promise<Id<"calendars">> {
  const { name, description, color, timeZone, accessRole } = remote;
  const changed =
    row.name !== name ||
    row.description !== description ||
    row.color !== color ||
    row.timeZone !== timeZone ||
    row.accessRole !== accessRole;
  if (changed) await ctx.db.patch(row._id, { name, description, color, timeZone, accessRole });
  return row._id;
}
