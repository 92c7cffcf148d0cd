import { paginationOptsValidator, paginationResultValidator, type PaginationResult } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { profileOf } from "../../lib/providers/profiles";
import { openChannel } from "../webhooks/channels";
import { lastNotifiedAt } from "../webhooks/heard";
import { findReader, scope } from "./access";
import { namesOf, type Names } from "./names";
import { bounded, nothing } from "./pages";

const row = v.object({
  subscriptionId: v.string(),
  provider: v.string(),
  providerLabel: v.string(),
  /** The account's name. */
  connectionLabel: v.union(v.string(), v.null()),
  /** One's own calendar's name; null for a list of calendars, and for everybody else's. */
  calendarName: v.union(v.string(), v.null()),
  /** Whether it watches an account's list of calendars. */
  watchesList: v.boolean(),
  /** `active`: notifications come; `renewing`: a channel is being opened; `polling`: there is none, the calendar is polled. */
  status: v.union(v.literal("active"), v.literal("renewing"), v.literal("polling")),
  createdAt: v.number(),
  /** Null where it never ends, and where there is none. */
  expiresAt: v.union(v.number(), v.null()),
  lastNotificationAt: v.union(v.number(), v.null()),
  /** Failures in a row, and the last one's code. */
  failures: v.number(),
  lastErrorCode: v.union(v.string(), v.null()),
});

/** How changes of each calendar reach us where its provider can push, the newest first. */
export const list = query({
  args: { scope, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(row),
  handler: async (ctx, { scope: of, paginationOpts }): Promise<PaginationResult<Infer<typeof row>>> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return nothing();
    const watches = ctx.db.query("calendarWatches");
    const wanted =
      of === "deployment"
        ? watches
        : watches.withIndex("by_orgId_ownerUserId", (q) => q.eq("orgId", caller.orgId).eq("ownerUserId", caller.user._id));
    const { page, ...rest } = await wanted.order("desc").paginate(bounded(paginationOpts));
    const names = namesOf(ctx, of);
    return { ...rest, page: await Promise.all(page.map((watch) => describe(ctx, watch, names))) };
  },
});

async function describe(ctx: QueryCtx, watch: Doc<"calendarWatches">, names: Names): Promise<Infer<typeof row>> {
  const channel = await openChannel(ctx, watch, Date.now());
  const isBeingOpened = !watch.unwatchable && watch.reason === null;
  return {
    subscriptionId: watch._id,
    provider: watch.provider,
    providerLabel: profileOf(watch.provider)?.label ?? watch.provider,
    connectionLabel: await names.connection(watch.providerConfigId),
    calendarName: await names.calendar(watch.calendarId),
    watchesList: watch.calendarId === null,
    status: channel !== null ? "active" : isBeingOpened ? "renewing" : "polling",
    createdAt: channel?._creationTime ?? watch._creationTime,
    expiresAt: channel?.expiresAt ?? null,
    lastNotificationAt: await lastNotifiedAt(ctx, watch._id),
    failures: watch.failures,
    lastErrorCode: watch.reason?.code ?? null,
  };
}
