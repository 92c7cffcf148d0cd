import { paginationOptsValidator, paginationResultValidator, type PaginationResult } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { auditAction, auditObject, auditOutcome } from "../validators/audit";
import { findReader, scope } from "./access";
import { bounded, nothing } from "./pages";

const row = v.object({
  entryId: v.id("auditLog"),
  at: v.number(),
  action: auditAction,
  outcome: auditOutcome,
  /** The e-mail of who did it; null where LinearTime did, or where they are gone. */
  actor: v.union(v.string(), v.null()),
  byPerson: v.boolean(),
  objectKind: auditObject,
  objectLabel: v.union(v.string(), v.null()),
  detail: v.union(v.string(), v.null()),
});
type Row = Infer<typeof row>;

/** Who did what, the newest first. */
export const list = query({
  args: { scope, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(row),
  handler: async (ctx, { scope: of, paginationOpts }): Promise<PaginationResult<Row>> => {
    const caller = await findReader(ctx, of);
    if (caller === null) return nothing();
    const log = ctx.db.query("auditLog");
    const entries =
      of === "deployment"
        ? log.withIndex("by_at")
        : log.withIndex("by_ownerUserId", (q) => q.eq("ownerUserId", caller.user._id));
    const { page, ...rest } = await entries.order("desc").paginate(bounded(paginationOpts));
    return { ...rest, page: await Promise.all(page.map((entry) => describe(ctx, entry))) };
  },
});

async function describe(ctx: QueryCtx, entry: Doc<"auditLog">): Promise<Row> {
  const person = entry.actorUserId && (await ctx.db.get(entry.actorUserId));
  return {
    entryId: entry._id,
    at: entry.at,
    action: entry.action,
    outcome: entry.outcome,
    actor: person?.email ?? null,
    byPerson: entry.actorUserId !== null,
    objectKind: entry.objectKind,
    objectLabel: entry.objectLabel,
    detail: entry.detail,
  };
}
