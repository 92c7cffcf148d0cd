import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import type { ExpandWindow } from "../../lib/events/expand";
import type { EventTime } from "../../lib/events/model";
import { findCaller, owns } from "../accounts/caller";
import { occurrenceKey, type OccurrenceFields } from "./occurrences";
import { readTile } from "./tileRows";

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
 * months of a window padded by 14 hours. The same occurrence may come on two pages of a month
 * outside the rolling window: readers go by `occurrenceKey`. Somebody else's calendar, and one that is gone, is empty.
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
    const { rows, cursor } = await readTile(ctx, { calendarId: args.calendarId, window }, args.cursor);
    return { occurrences: await describe(ctx, rows), cursor };
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

async function describe(ctx: QueryCtx, rows: OccurrenceFields[]): Promise<TileOccurrence[]> {
  const series = await ofSeries(ctx, rows);
  const described: TileOccurrence[] = [];
  for (const row of rows) {
    const face = row.face ?? series.get(row.eventId);
    // An event that was just deleted: its occurrences follow in a moment.
    if (!face) continue;
    described.push({
      occurrenceKey: occurrenceKey(row),
      eventId: row.eventId,
      recurring: row.recurrenceKey !== "",
      title: face.title,
      location: face.location,
      kind: row.start?.kind ?? "zoned",
      startAt: row.startAt,
      endAt: row.endAt,
      startLocal: wallTime(row.start),
      endLocal: wallTime(row.end),
      startDate: date(row.start),
      endDate: date(row.end),
      status: face.status,
      transparency: face.transparency,
    });
  }
  return described.sort((a, b) => a.startAt - b.startAt);
}

/** The events of series: of a single one, the occurrence itself says what is drawn. */
async function ofSeries(ctx: QueryCtx, rows: OccurrenceFields[]): Promise<Map<Id<"unifiedEvents">, Doc<"unifiedEvents"> | null>> {
  const ids = [...new Set(rows.flatMap(({ eventId, face }) => (face === undefined ? [eventId] : [])))];
  // All at once: on a deployment elsewhere each of them is a way there and back.
  return new Map(await Promise.all(ids.map(async (id) => [id, await ctx.db.get(id)] as const)));
}

const wallTime = (time: EventTime | undefined) => (time?.kind === "floating" ? time.local : null);
const date = (time: EventTime | undefined) => (time?.kind === "date" ? time.date : null);
