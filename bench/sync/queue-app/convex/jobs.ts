import { Workpool } from "@convex-dev/workpool";
import { componentsGeneric, internalActionGeneric, internalMutationGeneric, internalQueryGeneric, makeFunctionReference, type DataModelFromSchemaDefinition, type QueryBuilder } from "convex/server";
import { v, type GenericId } from "convex/values";
import { internalMutation } from "../../../../convex/_generated/server";
import { enqueue } from "../../../../convex/sync/enqueue";
import type schema from "./schema";

type DataModel = DataModelFromSchemaDefinition<typeof schema>;
const internalQuery: QueryBuilder<DataModel, "internal"> = internalQueryGeneric;

/** As many as the product's queue runs at once. */
const PARALLEL = 5;

// The product's generated components are other ones than this app's.
const pool = new Workpool((componentsGeneric() as unknown as { pool: ConstructorParameters<typeof Workpool>[0] }).pool, { maxParallelism: PARALLEL });
const poolJob = makeFunctionReference<"action", { label: string; dueAt: number }, null>("jobs:runInPool");
const recordDone = makeFunctionReference<"mutation", { label: string; waitMs: number }, null>("jobs:donePool");

/** An organization with a CalDAV account and so many calendars: a job is about one of them. */
export const makeOrganization = internalMutation({
  args: { name: v.string(), calendars: v.number() },
  returns: v.object({ orgId: v.id("organizations"), providerConfigId: v.id("providerConfigs"), calendarIds: v.array(v.id("calendars")) }),
  handler: async (ctx, { name, calendars }) => {
    const orgId = await ctx.db.insert("organizations", { name });
    const ownerUserId = await ctx.db.insert("users", { tokenIdentifier: `bench|${name}`, subject: name, email: `${name}@example.com`, name });
    const account = { provider: "caldav", account: name, serverUrl: "https://dav.example.com/" };
    const providerConfigId = await ctx.db.insert("providerConfigs", { orgId, ownerUserId, ...account });
    const calendarIds: GenericId<"calendars">[] = [];
    for (let index = 0; index < calendars; index += 1) {
      const about = { description: null, color: null, timeZone: null, accessRole: "owner" as const, visible: true, strategy: "polling" as const };
      const calendarId = await ctx.db.insert("calendars", { orgId, ownerUserId, providerConfigId, remoteId: `/${index}/`, name: `Calendar ${index}`, ...about });
      const idle = { progress: null, resources: null, lastSuccessAt: null, lastAttemptAt: null, error: null, held: null, releasedDeletions: null };
      await ctx.db.insert("calendarSyncState", { orgId, ownerUserId, providerConfigId, calendarId, phase: "synced", ...idle });
      calendarIds.push(calendarId);
    }
    return { orgId, providerConfigId, calendarIds };
  },
});

const priority = v.union(v.literal("critical"), v.literal("high"), v.literal("medium"), v.literal("low"));

/** A job for each calendar, of these priorities in turn. */
export const enqueueOurs = internalMutation({
  args: { orgId: v.id("organizations"), providerConfigId: v.id("providerConfigs"), calendarIds: v.array(v.id("calendars")), priorities: v.array(priority) },
  returns: v.null(),
  handler: async (ctx, { calendarIds, priorities, ...account }) => {
    for (const [index, calendarId] of calendarIds.entries()) {
      const priority = priorities[index % priorities.length] ?? "medium";
      await enqueue(ctx, { ...account, calendarId, type: "polling_sync", priority });
    }
    return null;
  },
});

export const enqueuePool = internalMutationGeneric({
  args: { label: v.string(), count: v.number() },
  handler: async (ctx, { label, count }) => {
    const job = { label, dueAt: Date.now() };
    await pool.enqueueActionBatch(ctx, poolJob, Array.from({ length: count }, () => job));
  },
});

export const runInPool = internalActionGeneric({
  args: { label: v.string(), dueAt: v.number() },
  handler: async (ctx, { label, dueAt }) => {
    await ctx.runMutation(recordDone, { label, waitMs: Date.now() - dueAt });
  },
});

export const donePool = internalMutationGeneric({
  args: { label: v.string(), waitMs: v.number() },
  handler: async (ctx, { label, waitMs }) => {
    await ctx.db.insert("doneJobs", { queue: "pool", label, waitMs });
  },
});

export const doneOurs = internalMutationGeneric({
  args: { jobId: v.string(), startedAt: v.number() },
  handler: async (ctx, { jobId, startedAt }) => {
    const job: unknown = await ctx.db.get(jobId as GenericId<"syncJobs">);
    const { priority, scheduledAt } = job as { priority: string; scheduledAt: number }; // a job of ours, which is never deleted here
    await ctx.db.insert("doneJobs", { queue: "ours", label: priority, waitMs: startedAt - scheduledAt });
  },
});

/** Jobs that are done, at most so many: how long they waited, and when they ended. */
export const done = internalQuery({
  args: { queue: v.union(v.literal("ours"), v.literal("pool")), label: v.string(), take: v.number() },
  handler: async (ctx, { queue, label, take }): Promise<{ waitMs: number; doneAt: number }[]> => {
    const rows = await ctx.db.query("doneJobs").withIndex("by_queue_label", (q) => q.eq("queue", queue).eq("label", label)).take(take);
    return rows.map((row) => ({ waitMs: row.waitMs, doneAt: row._creationTime }));
  },
});
