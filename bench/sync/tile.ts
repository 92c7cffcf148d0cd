import { setTimeout as sleep } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { startWorkplace, type Workplace } from "../../tests/support/google/workplace";
import { adminClient } from "../../tests/support/stored";
import { calendarNamed } from "../../tests/support/workspace";
import type { Measurement } from "../report";
import { quantile } from "../timing";
import type { Part } from "./part";
import { untilQuiet } from "./support/quiet";
import { alone } from "./support/rows";
import { usageMeter } from "./support/usage";
import { firstOfMonth, meeting, meetings, OWNER, worldOf } from "./support/worlds";

const SERIES_PER_CALENDAR = 16;
/** A tile has a page of so many, and this month has all of them. */
const SINGLE_EVENTS = 480;
const DAYS_IN_MONTH = 28;
const MONTHS_AHEAD = 2;
const tableSize = makeFunctionReference<"query", { tableName: string }, number>("_system/cli/tableSize");

/**
 * One calendar's month, among the occurrences of daily series that fill the three years for which occurrences are stored: of
 * a calendar of such series, and of one of single events. Each read is timed on the server, and over HTTP as well.
 */
export const part: Part = async ({ quick, note }) => {
  const [calendars, reads] = quick ? [2, 40] : [7, 200];
  const series = (calendar: number) =>
    Array.from({ length: SERIES_PER_CALENDAR }, (_, index) => meeting(`s${calendar}-${index}`, firstOfMonth(-14), index, ["RRULE:FREQ=DAILY"]));
  const singles = meetings(SINGLE_EVENTS, firstOfMonth(MONTHS_AHEAD), DAYS_IN_MONTH);
  const place = await startWorkplace({ world: worldOf({ calendars, events: (index) => (index === 0 ? singles : series(index)) }) });
  try {
    await place.connect(OWNER);
    await untilQuiet(adminClient(place.backend));
    const occurrences = await projected(place, SINGLE_EVENTS + (calendars - 1) * SERIES_PER_CALENDAR);
    note(`${occurrences.toLocaleString("en")} occurrences`);
    const among = `among ${occurrences.toLocaleString("en")} occurrences`;
    return [
      ...(await measureTile(place, { calendarId: await calendarNamed(place.visitor, OWNER.email), what: `tile of single events ${among}`, reads })),
      ...(await measureTile(place, { calendarId: await calendarNamed(place.visitor, "Calendar 1"), what: `tile of series ${among}`, reads })),
    ];
  } finally {
    await place.dispose();
  }
};

/** Waits until no series is to be projected any more. Returns how many occurrences are stored. */
async function projected({ backend }: Workplace, events: number): Promise<number> {
  const admin = adminClient(backend);
  const size = async (tableName: string) => Number(await admin.query(tableSize, { tableName }));
  let before = -1;
  for (;;) {
    const [now, stored] = [await size("eventOccurrences"), await size("unifiedEvents")];
    if (stored === events && now === before) return now;
    before = now;
    await sleep(2_000);
  }
}

interface TileRead {
  calendarId: Id<"calendars">;
  what: string;
  reads: number;
}

async function measureTile({ backend, visitor }: Workplace, { calendarId, what, reads }: TileRead): Promise<Measurement[]> {
  const client = new ConvexHttpClient(backend.url, { auth: await visitor.token(), logger: false });
  const meter = usageMeter(backend.url, backend.secrets.adminKey);
  const month = firstOfMonth(MONTHS_AHEAD).slice(0, 7);
  const [onServer, overHttp]: [number[], number[]] = [[], []];
  let [rows, pages] = [0, 0];
  for (let read = -reads / 4; read < reads; read += 1) {
    await meter.reset();
    const began = performance.now();
    let cursor: string | null = null;
    rows = 0;
    do {
      const page: typeof api.events.tiles.month._returnType = await client.query(api.events.tiles.month, { calendarId, month, cursor });
      rows += page.occurrences.eventId.length;
      cursor = page.cursor;
    } while (cursor !== null);
    const took = performance.now() - began;
    if (read < 0) continue;
    const used = (await meter.read())["events/tiles:month"];
    if (used === undefined) throw new Error("The tile was not read.");
    pages = used.calls;
    onServer.push(used.elapsedMs);
    overHttp.push(took);
  }
  const at = (values: number[], share: number) => quantile(values.sort((a, b) => a - b), share);
  return [
    alone(`${rows}-row ${what}, on the server, median`, "ms", at(onServer, 0.5)),
    alone("  p95", "ms", at(onServer, 0.95)),
    alone("  over HTTP, median", "ms", at(overHttp, 0.5)),
    alone("  pages", "queries", pages),
  ];
}
