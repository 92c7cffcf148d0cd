import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { syncStateOf, syncTokenOf } from "../calendars/progress";

/** Where a run stands after a page. */
export interface Position {
  /** Null until a page has been applied in full. */
  pageToken: string | null;
  /** Resources applied so far, and in all where that is known. */
  done: number;
  total: number | null;
  /** Set with the last page: the run is complete. */
  end: { cursor: string | null; listed: number | null } | null;
}

/**
 * How many resources a calendar has, as far as we have counted. A first read that was interrupted has not seen all of its listing
 * when it ends, so what it brings is counted as it comes; a repair is counted by its listing.
 */
function counted(before: number | null, { added, isFirst, full }: { added: number; isFirst: boolean; full: boolean }): number | null {
  if (isFirst) return (before ?? 0) + added;
  return before === null || full ? before : before + added;
}

/**
 * Stores the position of a run in the transaction that applied the page: a run that is
 * interrupted goes on after it, and the cursor moves only with the last page. A run that
 * found nothing changed writes nothing here. `added` is by how many resources the page has changed their number. Where
 * somebody asked for a full read while this run read what had changed (`full` is false), its cursor is not wanted any more.
 */
export async function advance(
  ctx: MutationCtx,
  calendarId: Id<"calendars">,
  position: Position,
  { full, added }: { full: boolean; added: number },
): Promise<void> {
  const token = await syncTokenOf(ctx, calendarId);
  const state = await syncStateOf(ctx, calendarId);
  if (token === null || state === null) return;
  const resources = position.end?.listed ?? counted(state.resources, { added, isFirst: full && token.repair !== true, full });
  if (resources !== state.resources) await ctx.db.patch(state._id, { resources });
  if (!full && !token.complete) return;
  if (position.end === null) {
    // A repair begins anew when it is interrupted: only a first read is resumed.
    if (token.repair === true) return;
    await ctx.db.patch(token._id, { pageToken: position.pageToken, done: position.done });
    if (!token.complete) {
      await ctx.db.patch(state._id, {
        phase: "importing",
        progress: { done: position.done, total: position.total },
      });
    }
    return;
  }
  const ended = { cursor: position.end.cursor, pageToken: null, done: 0, complete: true, repair: undefined };
  if (
    token.cursor !== ended.cursor ||
    token.pageToken !== null ||
    token.done !== 0 ||
    !token.complete
  ) {
    await ctx.db.patch(token._id, ended);
  }
}
