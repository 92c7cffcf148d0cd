import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import type { ExpandWindow } from "../../lib/events/expand";
import type { EventTime } from "../../lib/events/model";
import { findCaller, owns } from "../accounts/caller";
import {
  LOOK_BACK_MS,
  MAX_STORED_OCCURRENCES,
  occurrenceKey,
  occurrencesOf,
  storedWindow,
  type OccurrenceFields,
} from "./occurrences";
import { readSet } from "./series";

/** Rows of one answer; a fuller tile goes on in further pages. */
const ROWS_PER_PAGE = 500;
/** Events longer than a month that one tile shows. */
const LONG_ROWS = 200;
/** Series that one tile expands on read. */
const SERIES_ON_READ = 200;

const tileOccurrence = v.object({
  occurrenceKey: v.string(),
  eventId: v.id("unifiedEvents"),
  recurring: v.boolean(),
  title: v.string(),
  location: v.union(v.string(), v.null()),
  kind: v.union(v.literal("date"), v.literal("zoned"), v.literal("floating")),
  startAt: v.number(),
  endAt: v.number(),
  startLocal: v.union(v.string(), v.null()),
  endLocal: v.union(v.string(), v.null()),
  startDate: v.union(v.string(), v.null()),
  endDate: v.union(v.string(), v.null()),
  status: v.union(v.literal("confirmed"), v.literal("tentative"), v.literal("cancelled")),
  transparency: v.union(v.literal("opaque"), v.literal("transparent")),
});
type TileOccurrence = Infer<typeof tileOccurrence>;

const tile = v.object({
  occurrences: v.array(tileOccurrence),
  cursor: v.union(v.string(), v.null()),
});

/**
 * One calendar in one UTC month (`YYYY-MM`): what overlaps it, a page at a time. All-day and
 * floating occurrences are placed as if their wall time were UTC, so a viewer asks for the
 * months of a window padded by 14 hours. Somebody else's calendar, and one that is gone, is empty.
 */
export const month = query({
  args: {
    calendarId: v.id("calendars"),
    month: v.string(),
    cursor: v.union(v.string(), v.null()),
  },
  returns: tile,
  handler: async (ctx, args): Promise<Infer<typeof tile>> => {
    const caller = await findCaller(ctx);
    const calendar = await ctx.db.get(args.calendarId);
    const window = monthWindow(args.month);
    if (caller === null || calendar === null || !owns(caller, calendar) || window === null) {
      return { occurrences: [], cursor: null };
    }
    const stored = await storedRows(ctx, args.calendarId, window, args.cursor);
    const computed =
      args.cursor === null ? await computedRows(ctx, args.calendarId, window, Date.now()) : [];
    const rows = new Map<string, OccurrenceFields>();
    for (const row of [...stored.rows, ...computed]) rows.set(occurrenceKey(row), row);
    return { occurrences: await describe(ctx, [...rows.values()]), cursor: stored.cursor };
  },
});

/** The month as half-open UTC instants; null when the text is not `YYYY-MM`. */
export function monthWindow(month: string): ExpandWindow | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (match === null) return null;
  const year = Number(match[1]);
  const index = Number(match[2]) - 1;
  return { startAt: Date.UTC(year, index), endAt: Date.UTC(year, index + 1) };
}

async function storedRows(
  ctx: QueryCtx,
  calendarId: Id<"calendars">,
  window: ExpandWindow,
  cursor: string | null,
): Promise<{ rows: OccurrenceFields[]; cursor: string | null }> {
  const page = await ctx.db
    .query("eventOccurrences")
    .withIndex("by_calendarId_long_startAt", (q) =>
      q
        .eq("calendarId", calendarId)
        .eq("long", false)
        .gte("startAt", window.startAt - LOOK_BACK_MS)
        .lt("startAt", window.endAt),
    )
    .paginate({ cursor, numItems: ROWS_PER_PAGE });
  const long =
    cursor !== null
      ? []
      : await ctx.db
          .query("eventOccurrences")
          .withIndex("by_calendarId_long_endAt", (q) =>
            q.eq("calendarId", calendarId).eq("long", true).gt("endAt", window.startAt),
          )
          .take(LONG_ROWS);
  const rows = [...page.page, ...long].filter((row) => overlaps(row, window));
  return { rows, cursor: page.isDone ? null : page.continueCursor };
}

function overlaps(row: Doc<"eventOccurrences">, window: ExpandWindow): boolean {
  return row.startAt < window.endAt && (row.endAt > window.startAt || row.startAt >= window.startAt);
}

/** Series whose occurrences are not stored for this month: too many of them, or too far away. */
async function computedRows(
  ctx: QueryCtx,
  calendarId: Id<"calendars">,
  window: ExpandWindow,
  now: number,
): Promise<OccurrenceFields[]> {
  const kept = storedWindow(now);
  const isStored = window.startAt >= kept.startAt && window.endAt <= kept.endAt;
  const rows: OccurrenceFields[] = [];
  for (const projection of isStored ? (["onRead"] as const) : (["onRead", "stored"] as const)) {
    const heads = await ctx.db
      .query("unifiedEvents")
      .withIndex("by_calendarId_projection", (q) =>
        q.eq("calendarId", calendarId).eq("projection", projection),
      )
      .take(SERIES_ON_READ);
    for (const head of heads) {
      const stored = await readSet(ctx, head.mappingId);
      rows.push(...occurrencesOf(stored, window, MAX_STORED_OCCURRENCES - rows.length).rows);
      if (rows.length >= MAX_STORED_OCCURRENCES) return rows;
    }
  }
  return rows;
}

async function describe(ctx: QueryCtx, rows: OccurrenceFields[]): Promise<TileOccurrence[]> {
  const events = new Map<Id<"unifiedEvents">, Doc<"unifiedEvents"> | null>();
  const described: TileOccurrence[] = [];
  for (const row of rows) {
    if (!events.has(row.eventId)) events.set(row.eventId, await ctx.db.get(row.eventId));
    const event = events.get(row.eventId);
    // An event that was just deleted: its occurrences follow in a moment.
    if (!event) continue;
    described.push({
      occurrenceKey: occurrenceKey(row),
      eventId: row.eventId,
      recurring: row.recurrenceKey !== "",
      title: event.title,
      location: event.location,
      kind: row.start.kind,
      startAt: row.startAt,
      endAt: row.endAt,
      startLocal: wallTime(row.start),
      endLocal: wallTime(row.end),
      startDate: row.start.kind === "date" ? row.start.date : null,
      endDate: row.end.kind === "date" ? row.end.date : null,
      status: event.status,
      transparency: event.transparency,
    });
  }
  return described.sort((a, b) => a.startAt - b.startAt);
}

function wallTime(time: EventTime): string | null {
  return time.kind === "floating" ? time.local : null;
}
