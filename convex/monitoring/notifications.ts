import { paginationOptsValidator, paginationResultValidator, type PaginationResult } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { profileOf } from "../../lib/providers/profiles";
import { findReader, scope } from "./access";
import { namesOf, type Names } from "./names";
import { bounded, nothing } from "./pages";

const row = v.object({
  notificationId: v.string(),
  provider: v.string(),
  providerLabel: v.string(),
  connectionLabel: v.union(v.string(), v.null()),
  /** One's own calendar's name; null for a list of calendars, and for everybody else's. */
  calendarName: v.union(v.string(), v.null()),
  /** Whether it was about an account's list of calendars. */
  watchesList: v.boolean(),
  /** What the provider said: `changed`, or `sync` for the one that only says that a channel is open. */
  kind: v.union(v.literal("changed"), v.literal("sync")),
  receivedAt: v.number(),
  /** What became of it: work was asked for, work that waited was joined, or it had no effect. */
  outcome: v.union(v.literal("enqueued"), v.literal("joined"), v.literal("ignored")),
  /** When what it announced had been applied; null until then. */
  appliedAt: v.union(v.number(), v.null()),
});

/** Accepted notifications, the newest first. */
export const list = query({
  args: { scope, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(row),
  handler: async (ctx, { scope: of, paginationOpts }): Promise<PaginationResult<Infer<typeof row>>> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return nothing();
    const notifications = ctx.db.query("webhookNotifications");
    const wanted =
      of === "deployment"
        ? notifications.withIndex("by_receivedAt")
        : notifications.withIndex("by_orgId_ownerUserId_receivedAt", (q) =>
            q.eq("orgId", caller.orgId).eq("ownerUserId", caller.user._id),
          );
    const { page, ...rest } = await wanted.order("desc").paginate(bounded(paginationOpts));
    const names = namesOf(ctx, of);
    return { ...rest, page: await Promise.all(page.map((notification) => describe(ctx, notification, names))) };
  },
});

const OUTCOMES = { queued: "enqueued", joined: "joined", none: "ignored" } as const;

async function describe(ctx: QueryCtx, notification: Doc<"webhookNotifications">, names: Names): Promise<Infer<typeof row>> {
  const { provider, effect, jobId } = notification;
  const job = jobId === null ? null : await ctx.db.get(jobId);
  return {
    notificationId: notification._id,
    provider,
    providerLabel: profileOf(provider)?.label ?? provider,
    connectionLabel: await names.connection(notification.providerConfigId),
    calendarName: await names.calendar(notification.calendarId),
    watchesList: notification.calendarId === null,
    kind: notification.tellsOfChange ? "changed" : "sync",
    receivedAt: notification.receivedAt,
    outcome: OUTCOMES[effect],
    appliedAt: job?.status === "completed" ? job.completedAt : null,
  };
}
