import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { api } from "../../convex/_generated/api";
import { startTestBackend, type TestBackend } from "../../tests/support/backend";
import { makeCalendars } from "../../tests/support/calendars/calendars";
import { startWorkplace } from "../../tests/support/google/workplace";
import { startRadicale } from "../../tests/support/radicale";
import { adminClient, stored } from "../../tests/support/stored";
import { signUp, type Visitor } from "../../tests/support/visitor";
import { connectionOf } from "../../tests/support/workspace";
import type { Measurement } from "../report";
import type { Part, PartPlan } from "./part";
import { untilQuiet } from "./support/quiet";
import { alone } from "./support/rows";
import { CONTENT_TABLES, isOfHost, ofRuns, usageMeter, writtenByTable, type UsageMeter } from "./support/usage";
import { firstOfMonth, meetings, OWNER, worldOf } from "./support/worlds";

const GOOGLE_CALENDARS = 10;
/** A run that has ended well. */
const callsOf = z.object({ result: z.object({ apiCalls: z.number() }) });

/**
 * A sync in which nothing has changed, of every calendar of an account, asked for by its owner: what it writes and what it asks.
 * A run is the read of one calendar, or of the list of them.
 */
export const part: Part = async (plan) => [...(await ofGoogle(plan)), ...(await ofCaldav(plan))];

async function ofGoogle(plan: PartPlan): Promise<Measurement[]> {
  const events = plan.quick ? 20 : 200;
  const place = await startWorkplace({ world: worldOf({ calendars: GOOGLE_CALENDARS, events: () => meetings(events, firstOfMonth(-3), 180) }) });
  try {
    await place.connect(OWNER);
    await place.settled();
    return await secondSync("Google", { backend: place.backend, visitor: place.visitor, calendars: GOOGLE_CALENDARS, note: plan.note });
  } finally {
    await place.dispose();
  }
}

async function ofCaldav(plan: PartPlan): Promise<Measurement[]> {
  const calendars = makeCalendars({ objects: plan.quick ? 20 : 200, malformed: false });
  const radicale = await startRadicale();
  radicale.store(calendars);
  const backend = await startTestBackend();
  const visitor = await signUp(backend, "nora@example.com");
  try {
    const connected = await visitor.client.action(api.connections.caldav.connect, { serverUrl: radicale.url, username: radicale.user, password: radicale.password });
    if (!connected.ok) throw new Error(`Radicale was not connected: ${connected.code}`);
    await visitor.until(api.calendars.states.list, {}, (states) => states.length === calendars.length && states.every(({ phase }) => phase === "synced"));
    return await secondSync("CalDAV", { backend, visitor, calendars: calendars.length, note: plan.note });
  } finally {
    await visitor.close();
    await backend.dispose();
    await radicale.stop();
  }
}

interface Account {
  backend: TestBackend;
  visitor: Visitor;
  calendars: number;
  note(line: string): void;
}

async function secondSync(provider: string, { backend, visitor, calendars, note }: Account): Promise<Measurement[]> {
  const admin = adminClient(backend);
  const meter = usageMeter(backend.url, backend.secrets.adminKey);
  const connectionId = await connectionOf(visitor);
  await untilQuiet(admin);
  await untilProjected(meter);
  const before = new Set((await stored(backend, "syncJobs")).map(({ _id }) => _id));
  await meter.reset();
  await visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
  await untilQuiet(admin);
  const written = writtenByTable(ofRuns(await meter.read())).filter(([table]) => !isOfHost(table));
  const content = written.filter(([table]) => CONTENT_TABLES.has(table));
  const bookkeeping = written.filter(([table]) => !CONTENT_TABLES.has(table));
  note(`${provider}, ${calendars} calendars and their list: ${written.map(([table, count]) => `${table} ${count}`).join(", ")}`);
  const runs = (await stored(backend, "syncJobs")).filter(({ _id }) => !before.has(_id));
  const calls = (run: (typeof runs)[number]) => callsOf.parse(run).result.apiCalls;
  const ofCalendars = runs.filter(({ type }) => type !== "refresh_calendar_list");
  return [
    alone(`${provider}: second sync writes, events to versions`, "documents", total(content)),
    alone(`${provider}: second sync writes, bookkeeping a run`, "documents", total(bookkeeping) / runs.length),
    alone(`${provider}: second sync calls a calendar`, "calls", ofCalendars.reduce((sum, run) => sum + calls(run), 0) / calendars),
    alone(`${provider}: second sync calls for the list`, "calls", runs.filter((run) => !ofCalendars.includes(run)).reduce((sum, run) => sum + calls(run), 0)),
  ];
}

/** Series are projected after their runs have ended. */
async function untilProjected(meter: UsageMeter): Promise<void> {
  let before = -1;
  for (;;) {
    const projected = (await meter.read())["events/projection:project"]?.calls ?? 0;
    if (projected === before) return;
    before = projected;
    await sleep(1_500);
  }
}

const total = (tables: readonly [string, number][]): number => tables.reduce((sum, [, count]) => sum + count, 0);
