import { v, type Infer } from "convex/values";
import { internalQuery } from "../_generated/server";
import { syncStateOf, syncTokenOf } from "../calendars/progress";
import { stateOf } from "../connections/ownership";
import { jobType } from "../validators/job";
import { heldJob } from "./lease";

const plan = v.object({
  type: jobType,
  orgId: v.id("organizations"),
  providerConfigId: v.id("providerConfigs"),
  provider: v.string(),
  account: v.string(),
  serverUrl: v.string(),
  /** The calendar to read; null when the job is about the connection as a whole. */
  calendar: v.union(
    v.object({
      calendarId: v.id("calendars"),
      remoteId: v.string(),
      cursor: v.union(v.string(), v.null()),
      pageToken: v.union(v.string(), v.null()),
      done: v.number(),
      complete: v.boolean(),
      releasedDeletions: v.union(v.number(), v.null()),
    }),
    v.null(),
  ),
});
export type Plan = Infer<typeof plan>;

/** Accounts of which nothing is read until their owner does something. */
const RESTING: ReadonlySet<string | undefined> = new Set(["paused", "reconnect_required", "disconnecting"]);

/** All that a worker needs to know of its job; null when the lease, or what it is about, is gone, and where its account rests. */
export const load = internalQuery({
  args: { jobId: v.id("syncJobs"), leaseId: v.string() },
  returns: v.union(plan, v.null()),
  handler: async (ctx, lease): Promise<Plan | null> => {
    const job = await heldJob(ctx, lease);
    const config = job && (await ctx.db.get(job.providerConfigId));
    if (job === null || config === null || RESTING.has((await stateOf(ctx, config._id))?.status)) return null;
    const { type, orgId, calendarId } = job;
    const { provider, account, serverUrl } = config;
    const about = { type, orgId, providerConfigId: config._id, provider, account, serverUrl };
    if (calendarId === null) return { ...about, calendar: null };
    const calendar = await ctx.db.get(calendarId);
    const token = await syncTokenOf(ctx, calendarId);
    const state = await syncStateOf(ctx, calendarId);
    if (calendar === null || token === null || state === null) return null;
    const { cursor, pageToken, done, complete } = token;
    const { remoteId } = calendar;
    const { releasedDeletions } = state;
    return {
      ...about,
      calendar: { calendarId, remoteId, cursor, pageToken, done, complete, releasedDeletions },
    };
  },
});
