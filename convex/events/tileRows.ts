import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { ExpandWindow } from "../../lib/events/expand";
import { LOOK_BACK_MS, occurrencesOf, storedWindow, type OccurrenceFields } from "./occurrences";
import { readSet } from "./series";

/*
 * A tile is read in stages, each in pages: first the occurrences that are stored, then the series
 * that are expanded on read (they have too many), and, for a month outside the rolling window,
 * all other series too. The cursor says in which stage the next page is.
 */
type Stage = "stored" | "onRead" | "far";

export interface TileRows {
  rows: OccurrenceFields[];
  /** Where the next page begins; null at the end. */
  cursor: string | null;
}

const STORED_PER_PAGE = 500;
/** Events longer than the look-back that one tile shows. */
const LONG_ROWS = 200;
/** Series expanded for one page, and occurrences of each: an answer has at most 8,192 rows. */
const SERIES_PER_PAGE = { onRead: 4, far: 40 };
const OCCURRENCES_PER_SERIES = { onRead: 1_500, far: 200 };

/** One page of what overlaps `window` in a calendar. A cursor that is none of ours begins anew. */
export async function readTile(
  ctx: QueryCtx,
  calendarId: Id<"calendars">,
  window: ExpandWindow,
  cursor: string | null,
): Promise<TileRows> {
  const { stage, position } = parse(cursor);
  const page =
    stage === "stored"
      ? await storedPage(ctx, calendarId, window, position)
      : await seriesPage(ctx, calendarId, window, stage, position);
  if (page.cursor !== null) return { rows: page.rows, cursor: `${stage} ${page.cursor}` };
  return { rows: page.rows, cursor: await nextStage(ctx, calendarId, window, stage) };
}

function parse(cursor: string | null): { stage: Stage; position: string | null } {
  const match = /^(stored|onRead|far)(?: (.*))?$/s.exec(cursor ?? "");
  return match === null
    ? { stage: "stored", position: null }
    : { stage: match[1] as Stage, position: match[2] ?? null };
}

async function nextStage(
  ctx: QueryCtx,
  calendarId: Id<"calendars">,
  window: ExpandWindow,
  stage: Stage,
): Promise<Stage | null> {
  if (stage === "stored" && (await hasSeries(ctx, calendarId, "onRead"))) return "onRead";
  if (stage !== "far" && !isStored(window) && (await hasSeries(ctx, calendarId, "stored"))) {
    return "far";
  }
  return null;
}

function isStored(window: ExpandWindow): boolean {
  const kept = storedWindow(Date.now());
  return window.startAt >= kept.startAt && window.endAt <= kept.endAt;
}

async function hasSeries(
  ctx: QueryCtx,
  calendarId: Id<"calendars">,
  projection: "onRead" | "stored",
): Promise<boolean> {
  const head = await ctx.db
    .query("unifiedEvents")
    .withIndex("by_calendarId_projection", (q) =>
      q.eq("calendarId", calendarId).eq("projection", projection),
    )
    .first();
  return head !== null;
}

async function storedPage(
  ctx: QueryCtx,
  calendarId: Id<"calendars">,
  window: ExpandWindow,
  position: string | null,
): Promise<TileRows> {
  const page = await ctx.db
    .query("eventOccurrences")
    .withIndex("by_calendarId_long_startAt", (q) =>
      q
        .eq("calendarId", calendarId)
        .eq("long", false)
        .gte("startAt", window.startAt - LOOK_BACK_MS)
        .lt("startAt", window.endAt),
    )
    .paginate({ cursor: position, numItems: STORED_PER_PAGE });
  const long =
    position !== null
      ? []
      : await ctx.db
          .query("eventOccurrences")
          .withIndex("by_calendarId_long_endAt", (q) =>
            q.eq("calendarId", calendarId).eq("long", true).gt("endAt", window.startAt),
          )
          .take(LONG_ROWS);
  return {
    rows: [...page.page, ...long].filter((row) => overlaps(row, window)),
    cursor: page.isDone ? null : page.continueCursor,
  };
}

function overlaps(row: Doc<"eventOccurrences">, window: ExpandWindow): boolean {
  return row.startAt < window.endAt && (row.endAt > window.startAt || row.startAt >= window.startAt);
}

async function seriesPage(
  ctx: QueryCtx,
  calendarId: Id<"calendars">,
  window: ExpandWindow,
  stage: "onRead" | "far",
  position: string | null,
): Promise<TileRows> {
  const page = await ctx.db
    .query("unifiedEvents")
    .withIndex("by_calendarId_projection", (q) =>
      q.eq("calendarId", calendarId).eq("projection", stage === "far" ? "stored" : "onRead"),
    )
    .paginate({ cursor: position, numItems: SERIES_PER_PAGE[stage] });
  const rows: OccurrenceFields[] = [];
  for (const head of page.page) {
    const series = await readSet(ctx, head.mappingId);
    rows.push(...occurrencesOf(series, window, OCCURRENCES_PER_SERIES[stage]).rows);
  }
  return { rows, cursor: page.isDone ? null : page.continueCursor };
}
