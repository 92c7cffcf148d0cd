import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import type { ExpandWindow } from "../../lib/events/expand";
import { findCaller, owns } from "../accounts/caller";
import { occurrenceKey, type OccurrenceFields } from "./occurrences";
import { readTile } from "./tileRows";

/**
 * Occurrences field by field, for `rowsOf`: a tile has hundreds of them, and where each is an object with ten named fields,
 * a third of the query's time goes into converting and checking those.
 */
const tileColumns = v.object({
  occurrenceKey: v.array(v.string()),
  eventId: v.array(v.id("unifiedEvents")),
  recurring: v.array(v.boolean()),
  title: v.array(v.string()),
  location: v.array(v.union(v.string(), v.null())),
  kind: v.array(v.union(v.literal("date"), v.literal("zoned"), v.literal("floating"))),
  /** Epoch milliseconds; of `date` and `floating` the wall time as if it were UTC. The end is exclusive. */
  startAt: v.array(v.number()),
  endAt: v.array(v.number()),
  status: v.array(v.union(v.literal("confirmed"), v.literal("tentative"), v.literal("cancelled"))),
  transparency: v.array(v.union(v.literal("opaque"), v.literal("transparent"))),
});
type TileColumns = Infer<typeof tileColumns>;

const tile = v.object({
  occurrences: tileColumns,
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
      return { occurrences: await describe(ctx, []), cursor: null };
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

async function describe(ctx: QueryCtx, rows: readonly OccurrenceFields[]): Promise<TileColumns> {
  const series = await ofSeries(ctx, rows);
  const columns: TileColumns = {
    occurrenceKey: [],
    eventId: [],
    recurring: [],
    title: [],
    location: [],
    kind: [],
    startAt: [],
    endAt: [],
    status: [],
    transparency: [],
  };
  for (const row of [...rows].sort((a, b) => a.startAt - b.startAt)) {
    const face = row.face ?? series.get(row.eventId);
    // An event that was just deleted: its occurrences follow in a moment.
    if (!face) continue;
    columns.occurrenceKey.push(occurrenceKey(row));
    columns.eventId.push(row.eventId);
    columns.recurring.push(row.recurrenceKey !== "");
    columns.title.push(face.title);
    columns.location.push(face.location ?? null);
    columns.kind.push(kindOf(row));
    columns.startAt.push(row.startAt);
    columns.endAt.push(row.endAt);
    columns.status.push(face.status ?? "confirmed");
    columns.transparency.push(face.transparency ?? "opaque");
  }
  return columns;
}

function kindOf({ start, end }: OccurrenceFields): TileColumns["kind"][number] {
  if (start?.kind === "date") return "date";
  // An end with a zone makes an instant of it.
  return start?.kind === "floating" && end?.kind === "floating" ? "floating" : "zoned";
}

/** The events of series: of a single one, the occurrence itself says what is drawn. */
async function ofSeries(ctx: QueryCtx, rows: readonly OccurrenceFields[]): Promise<Map<Id<"unifiedEvents">, Doc<"unifiedEvents"> | null>> {
  const ids = [...new Set(rows.flatMap(({ eventId, face }) => (face === undefined ? [eventId] : [])))];
  // All at once: on a deployment elsewhere each of them is a way there and back.
  return new Map(await Promise.all(ids.map(async (id) => [id, await ctx.db.get(id)] as const)));
}
