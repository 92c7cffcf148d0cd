import { paginationOptsValidator, paginationResultValidator, type PaginationResult } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../../_generated/server";
import { findCaller, notFound, type Caller } from "../../accounts/caller";
import { alertKind, alertSeverity, alertSubject } from "../../validators/alert";
import { findReader, isOperator, requireActor, scope, type Scope } from "../access";
import { audit } from "../audit";
import { bounded, nothing } from "../pages";

/** Open alerts that a page shows; beyond, it says so. */
const OPEN = 200;
/** Open alerts that the badge counts to. */
const COUNTED = 100;

const row = v.object({
  alertId: v.id("alerts"),
  kind: alertKind,
  severity: alertSeverity,
  subject: v.union(alertSubject, v.null()),
  message: v.string(),
  openedAt: v.number(),
  closedAt: v.union(v.number(), v.null()),
  acknowledgedAt: v.union(v.number(), v.null()),
  /** Whether it is about the reader's own accounts. */
  own: v.boolean(),
});
type Row = Infer<typeof row>;

/** All that is open, the oldest first. */
export const open = query({
  args: { scope },
  returns: v.array(row),
  handler: async (ctx, { scope: of }): Promise<Row[]> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return [];
    const alerts = await openOf(ctx, caller, of, OPEN);
    return alerts.map((alert) => describe(alert, caller));
  },
});

/** What is over, the newest first. */
export const closed = query({
  args: { scope, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(row),
  handler: async (ctx, { scope: of, paginationOpts }): Promise<PaginationResult<Row>> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return nothing();
    const alerts = ctx.db.query("alerts");
    const over =
      of === "deployment"
        ? alerts.withIndex("by_closedAt", (q) => q.gt("closedAt", 0))
        : alerts.withIndex("by_ownerUserId_closedAt", (q) => q.eq("ownerUserId", caller.user._id).gt("closedAt", 0));
    const { page, ...rest } = await over.order("desc").paginate(bounded(paginationOpts));
    return { ...rest, page: page.map((alert) => describe(alert, caller)) };
  },
});

/** For the badge: open alerts that nobody has acknowledged, one's own and, for operators, the deployment's. */
export const count = query({
  args: {},
  returns: v.number(),
  handler: async (ctx) => {
    const caller = await findCaller(ctx);
    if (caller === null) return 0;
    const owners = isOperator(caller) ? [caller.user._id, null] : [caller.user._id];
    let unseen = 0;
    for (const owner of owners) {
      const alerts = await ctx.db
        .query("alerts")
        .withIndex("by_ownerUserId_closedAt", (q) => q.eq("ownerUserId", owner).eq("closedAt", null))
        .take(COUNTED);
      unseen += alerts.filter(({ acknowledgedAt }) => acknowledgedAt === null).length;
    }
    return unseen;
  },
});

/** Somebody has seen it: it stays open, but asks for nobody any more. @throws ConvexError `not_found` */
export const acknowledge = mutation({
  args: { scope, alertId: v.string() },
  returns: v.null(),
  handler: async (ctx, wanted) => {
    const caller = await requireActor(ctx, wanted.scope);
    const id = ctx.db.normalizeId("alerts", wanted.alertId);
    const alert = id && (await ctx.db.get(id));
    if (alert === null || (wanted.scope === "own" && alert.ownerUserId !== caller.user._id)) throw notFound("alert");
    if (alert.acknowledgedAt !== null) return null;
    await ctx.db.patch(alert._id, { acknowledgedAt: Date.now(), acknowledgedBy: caller.user._id });
    const { orgId, ownerUserId } = alert;
    const owner = orgId === null || ownerUserId === null ? null : { orgId, ownerUserId };
    const object = { kind: "alert" as const, id: alert._id, label: alert.kind };
    await audit(ctx, { actor: caller.user._id, action: "alert_acknowledged", object, outcome: "done", owner });
    return null;
  },
});

async function openOf(ctx: QueryCtx, caller: Caller, of: Scope, limit: number): Promise<Doc<"alerts">[]> {
  const alerts = ctx.db.query("alerts");
  const found =
    of === "deployment"
      ? alerts.withIndex("by_closedAt", (q) => q.eq("closedAt", null))
      : alerts.withIndex("by_ownerUserId_closedAt", (q) => q.eq("ownerUserId", caller.user._id).eq("closedAt", null));
  return await found.take(limit);
}

function describe(alert: Doc<"alerts">, caller: Caller): Row {
  const { kind, severity, subject, message, openedAt, closedAt, acknowledgedAt } = alert;
  const own = alert.ownerUserId === caller.user._id;
  return { alertId: alert._id, kind, severity, subject, message, openedAt, closedAt, acknowledgedAt, own };
}
