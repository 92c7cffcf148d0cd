import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { findCaller } from "../accounts/caller";
import { profileOf } from "../../lib/providers/profiles";
import { connectionStatus } from "../validators/connection";
import { issue } from "../validators/problem";
import { watchesOf } from "../webhooks/watches";
import { connectionLabel } from "./label";
import { stateOf } from "./ownership";

const CONNECTIONS = 100;
const CALENDARS = 500;

const card = v.object({
  connectionId: v.id("providerConfigs"),
  provider: v.string(),
  providerLabel: v.string(),
  /** How one reconnects it. */
  signIn: v.union(v.literal("password"), v.literal("oauth")),
  label: v.string(),
  serverUrl: v.string(),
  username: v.string(),
  status: connectionStatus,
  reason: v.union(issue, v.null()),
  syncing: v.boolean(),
  lastSyncAt: v.union(v.number(), v.null()),
  nextSyncAt: v.union(v.number(), v.null()),
  connectedAt: v.number(),
});

/** The caller's connections, oldest first, each with what it is doing now. */
export const list = query({
  args: {},
  returns: v.array(card),
  handler: async (ctx) => {
    const caller = await findCaller(ctx);
    if (caller === null) return [];
    const configs = await ctx.db
      .query("providerConfigs")
      .withIndex("by_orgId_ownerUserId", (q) =>
        q.eq("orgId", caller.orgId).eq("ownerUserId", caller.user._id),
      )
      .take(CONNECTIONS);
    const cards = await Promise.all(configs.map((config) => describe(ctx, config)));
    return cards.filter((entry) => entry !== null);
  },
});

async function describe(
  ctx: QueryCtx,
  config: Doc<"providerConfigs">,
): Promise<Infer<typeof card> | null> {
  const state = await stateOf(ctx, config._id);
  if (state === null) return null;
  const profile = profileOf(config.provider);
  return {
    connectionId: config._id,
    provider: config.provider,
    providerLabel: profile?.label ?? config.provider,
    signIn: profile?.signIn ?? "password",
    label: connectionLabel(config),
    serverUrl: config.serverUrl,
    username: config.account,
    status: state.status,
    reason: state.reason,
    syncing: await isSyncing(ctx, config._id),
    lastSyncAt: await lastSyncAt(ctx, config._id),
    nextSyncAt: await nextSyncAt(ctx, state),
    connectedAt: config._creationTime,
  };
}

async function isSyncing(ctx: QueryCtx, id: Id<"providerConfigs">): Promise<boolean> {
  for (const status of ["processing", "pending"] as const) {
    const job = await ctx.db
      .query("syncJobs")
      .withIndex("by_providerConfigId_status", (q) =>
        q.eq("providerConfigId", id).eq("status", status),
      )
      .first();
    if (job !== null) return true;
  }
  return false;
}

/** The next read that nothing has to announce: of the list, or of a calendar that is polled by itself; null where the account rests. */
async function nextSyncAt(ctx: QueryCtx, state: Doc<"connectionState">): Promise<number | null> {
  if (state.nextSyncAt === null) return null;
  const watches = await watchesOf(ctx, state.providerConfigId);
  const polls = watches.flatMap(({ mode, readAt }) => (mode === "polling" && readAt !== null ? [readAt] : []));
  return Math.min(state.nextSyncAt, ...polls);
}

/** The oldest last success of its calendars: up to here, all of the account is in step. */
async function lastSyncAt(ctx: QueryCtx, id: Id<"providerConfigs">): Promise<number | null> {
  const states = await ctx.db
    .query("calendarSyncState")
    .withIndex("by_providerConfigId", (q) => q.eq("providerConfigId", id))
    .take(CALENDARS);
  const times = states.map((state) => state.lastSuccessAt);
  return times.length === 0 || times.includes(null)
    ? null
    : Math.min(...times.filter((time) => time !== null));
}
