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
 * Stores the position of a run in the transaction that applied the page: a run that is
 * interrupted goes on after it, and the cursor moves only with the last page. A run that
 * found nothing changed writes nothing here. `added` is by how many resources the page has changed their number.
 */
export async function advance(
  ctx: MutationCtx,
  calendarId: Id<"calendars">,
  position: Position,
  added: number,
): Promise<void> {
  const token = await syncTokenOf(ctx, calendarId);
  const state = await syncStateOf(ctx, calendarId);
  if (token === null || state === null) return;
  const resources = position.end?.listed ?? (state.resources === null ? null : state.resources + added);
  if (resources !== state.resources) await ctx.db.patch(state._id, { resources });
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
