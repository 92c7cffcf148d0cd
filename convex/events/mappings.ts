import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";

/** Exceptions of one series that are resources of their own, read at once. */
const EXCEPTIONS = 1_000;

/** The calendar that a resource belongs to. */
export interface Target {
  orgId: Id<"organizations">;
  calendarId: Id<"calendars">;
}

type Mapping = Doc<"providerEventMappings">;

/** What is stored of a remote resource; null where it is not known. */
export async function findMapping(
  ctx: Pick<MutationCtx, "db">,
  { calendarId }: Target,
  remoteId: string,
): Promise<Mapping | null> {
  return await ctx.db
    .query("providerEventMappings")
    .withIndex("by_calendarId_remoteId", (q) => q.eq("calendarId", calendarId).eq("remoteId", remoteId))
    .unique();
}

/**
 * The resource of a series, for one of its exceptions. Where the exception comes first, or alone (somebody was invited to
 * one occurrence only), a placeholder stands for the series until it is seen; `awaited` where it may be that there is none.
 */
export async function seriesMapping(
  ctx: MutationCtx,
  { orgId, calendarId }: Target,
  remoteId: string,
  { awaited }: { awaited: boolean },
): Promise<Id<"providerEventMappings">> {
  const known = await findMapping(ctx, { orgId, calendarId }, remoteId);
  if (known !== null) return known._id;
  return await ctx.db.insert("providerEventMappings", {
    orgId,
    calendarId,
    remoteId,
    iCalUID: null,
    etag: "",
    hash: "",
    placeholder: true,
    ...(awaited ? { awaited } : {}),
    unreadableReason: null,
    unreadableAt: null,
  });
}

/** The exceptions of a series that are resources of their own. */
export async function exceptionMappings(
  ctx: Pick<MutationCtx, "db">,
  seriesMappingId: Id<"providerEventMappings">,
): Promise<Mapping[]> {
  return await ctx.db
    .query("providerEventMappings")
    .withIndex("by_seriesMappingId", (q) => q.eq("seriesMappingId", seriesMappingId))
    .take(EXCEPTIONS);
}

/** Removes the placeholder of a series when its last exception has gone. */
export async function dropEmptyPlaceholder(ctx: MutationCtx, id: Id<"providerEventMappings">): Promise<void> {
  const series = await ctx.db.get(id);
  if (series?.placeholder !== true) return;
  const [exception] = await ctx.db
    .query("providerEventMappings")
    .withIndex("by_seriesMappingId", (q) => q.eq("seriesMappingId", id))
    .take(1);
  if (exception === undefined) await ctx.db.delete(id);
}
