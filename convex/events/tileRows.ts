import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { ExpandWindow } from "../../lib/events/expand";
import type { MonthReach } from "../../lib/events/utc-months";
import { occurrencesOf, storedWindow, type OccurrenceFields } from "./occurrences";
import { readSet } from "./series";

/*
 * A tile is read in stages, each in pages: first the stored occurrences that begin in the month, and with the first of them
 * those that have gone on into it (`nextMonth`) or through it (`laterMonths`), which have pages of their own where they are
 * many; then the series that are expanded on read (they have too many), and, for a month outside the rolling window, all
 * other series too. The cursor says in which stage the next page is.
 */
const STAGES = ["begun", "nextMonth", "laterMonths", "onRead", "far"] as const;
type Stage = (typeof STAGES)[number];

export interface TileRows {
  rows: OccurrenceFields[];
  /** Where the next page begins; null at the end. */
  cursor: string | null;
}

/** A calendar in a UTC month. */
interface Tile {
  calendarId: Id<"calendars">;
  window: ExpandWindow;
}

interface Page {
  rows: OccurrenceFields[];
  isDone: boolean;
  continueCursor: string;
}

/** What has gone on into a month, as far as the first page has it. */
type Carried = Record<MonthReach, Doc<"eventOccurrences">[]>;

const STORED_PER_PAGE = 500;
/** Of each reach, what comes with the first page. */
const CARRIED_ROWS = 100;
/** Series expanded for one page, and occurrences of each: an answer has at most 8,192 rows. */
const SERIES_PER_PAGE = { onRead: 4, far: 40 };
const OCCURRENCES_PER_SERIES = { onRead: 1_500, far: 200 };

/** One page of a tile. A cursor that is none of ours begins anew. The same occurrence may come on two pages. */
export async function readTile(ctx: QueryCtx, tile: Tile, cursor: string | null): Promise<TileRows> {
  const { stage, position } = parse(cursor);
  const { rows, isDone, continueCursor } = await readPage(ctx, tile, stage, position);
  const next = async (known?: Carried) => (isDone ? await nextStage(ctx, tile, stage, known) : `${stage} ${continueCursor}`);
  if (stage !== "begun" || position !== null) return { rows, cursor: await next() };
  const [nextMonth, laterMonths] = await Promise.all([carried(ctx, tile, "nextMonth"), carried(ctx, tile, "laterMonths")]);
  const earlier = [...nextMonth, ...laterMonths.filter((row) => isEarlier(row, tile))];
  return { rows: [...earlier, ...rows], cursor: await next({ nextMonth, laterMonths }) };
}

function parse(cursor: string | null): { stage: Stage; position: string | null } {
  const [name, position = null] = (cursor ?? "").split(" ");
  const stage = STAGES.find((each) => each === name);
  return stage === undefined ? { stage: "begun", position: null } : { stage, position };
}

async function readPage(ctx: QueryCtx, tile: Tile, stage: Stage, position: string | null): Promise<Page> {
  switch (stage) {
    case "begun": {
      const { page, ...end } = await begun(ctx, tile).paginate({ cursor: position, numItems: STORED_PER_PAGE });
      return { rows: page, ...end };
    }
    case "nextMonth":
    case "laterMonths": {
      const { page, ...end } = await goneOn(ctx, tile, stage).paginate({ cursor: position, numItems: STORED_PER_PAGE });
      return { rows: page.filter((row) => isEarlier(row, tile)), ...end };
    }
    case "onRead":
    case "far": {
      const { page, ...end } = await heads(ctx, tile, stage).paginate({ cursor: position, numItems: SERIES_PER_PAGE[stage] });
      const rows: OccurrenceFields[] = [];
      for (const { mappingId } of page) {
        rows.push(...occurrencesOf(await readSet(ctx, mappingId), tile.window, OCCURRENCES_PER_SERIES[stage]).rows);
      }
      return { rows, ...end };
    }
  }
}

/** The first stage after this one that has anything. */
async function nextStage(ctx: QueryCtx, tile: Tile, stage: Stage, known?: Carried): Promise<Stage | null> {
  for (const next of STAGES.slice(STAGES.indexOf(stage) + 1)) {
    if (await hasAny(ctx, tile, next, known)) return next;
  }
  return null;
}

async function hasAny(ctx: QueryCtx, tile: Tile, stage: Stage, known?: Carried): Promise<boolean> {
  switch (stage) {
    case "begun":
      return true;
    case "nextMonth":
    case "laterMonths":
      return isMuch(known?.[stage] ?? (await carried(ctx, tile, stage)));
    case "onRead":
      return (await heads(ctx, tile, stage).first()) !== null;
    case "far":
      return !isStored(tile.window) && (await heads(ctx, tile, stage).first()) !== null;
  }
}

function isStored(window: ExpandWindow): boolean {
  const kept = storedWindow(Date.now());
  return window.startAt >= kept.startAt && window.endAt <= kept.endAt;
}

const begun = (ctx: QueryCtx, { calendarId, window }: Tile) =>
  ctx.db
    .query("eventOccurrences")
    .withIndex("by_calendarId_startAt", (q) => q.eq("calendarId", calendarId).gte("startAt", window.startAt).lt("startAt", window.endAt));

/** What ends in the month reached it from the one before; what reached further is known by its end alone. */
const goneOn = (ctx: QueryCtx, { calendarId, window }: Tile, reach: MonthReach) =>
  ctx.db.query("eventOccurrences").withIndex("by_calendarId_reach_endAt", (q) => {
    const later = q.eq("calendarId", calendarId).eq("reach", reach).gt("endAt", window.startAt);
    return reach === "nextMonth" ? later.lte("endAt", window.endAt) : later;
  });

const carried = (ctx: QueryCtx, tile: Tile, reach: MonthReach) => goneOn(ctx, tile, reach).take(CARRIED_ROWS);
const isMuch = (rows: readonly unknown[]) => rows.length === CARRIED_ROWS;
const isEarlier = ({ startAt }: Doc<"eventOccurrences">, { window }: Tile) => startAt < window.startAt;

/** The rows that stand for the series which are expanded on read, or for those that are stored. */
const heads = (ctx: QueryCtx, { calendarId }: Tile, stage: "onRead" | "far") =>
  ctx.db
    .query("unifiedEvents")
    .withIndex("by_calendarId_projection", (q) => q.eq("calendarId", calendarId).eq("projection", stage === "far" ? "stored" : "onRead"));
