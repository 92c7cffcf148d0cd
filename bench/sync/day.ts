import { setTimeout as sleep } from "node:timers/promises";
import { startBackend, type Backend } from "../../local/backend/backend";
import { startWorkplace, type Workplace } from "../../tests/support/google/workplace";
import { adminClient } from "../../tests/support/stored";
import type { Measurement } from "../report";
import type { Part, PartPlan } from "./part";
import { changesOfADay } from "./support/day-plan";
import { refreshesFor } from "./support/hourly-token";
import { isQuiet, untilQuiet, type QueueState } from "./support/quiet";
import { alone } from "./support/rows";
import { firstOfMonth, meetings, OWNER, worldOf } from "./support/worlds";

const CALENDARS = 10;
const CHANGES_EACH = 12;
/** What the figure is compared with: 96 rounds of a poll every 15 minutes, 30 calls each. */
const POLLING_CALLS = 2_880;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** Enough for what is done once a week to be among it. */
const DAYS = 7;
/** The stand-in keeps no more. */
const MOST_CALLS_A_MINUTE = 500;
const UNAUTHORIZED = 401;
/** What crons do every minute. Here they are called, minute by minute of the day that passes. */
const EVERY_MINUTE = [
  ["Mutation", "sync/polling:tick"],
  ["Mutation", "webhooks/schedule:tick"],
  ["Action", "sync/sweep:sweep"],
] as const;

/** Wall time that goes as fast as the bench lets it. */
class Clock {
  private aheadMs = 0;
  readonly now = (): number => Date.now() + this.aheadMs;

  /** Sets it to this time, or leaves it where that has passed. */
  forwardTo(time: number): void {
    this.aheadMs = Math.max(this.aheadMs, time - Date.now());
  }
}

/**
 * Days of somebody with ten calendars at Google, each changed twelve times between 8 and 18 h, at random minutes; every HTTP
 * request that reaches the stand-in for Google counts. Accounts are connected on the evening before.
 *
 * The days pass in seconds: the backend runs in this process with a clock of the bench's, and so does the stand-in. Each
 * minute the clock is put forward, and what the crons call each minute is called; then all that follows is waited for. Actions
 * have the machine's clock, to which an access token lasts longer than to the stand-in. So calls for tokens and calls that were
 * refused for one are left out, and the refreshes that the other calls need by the product's own rule are added
 * (`support/hourly-token`).
 */
export const part: Part = async (plan) => {
  const clock = new Clock();
  const world = worldOf({ calendars: CALENDARS, events: () => meetings(50, firstOfMonth(-1), 90) });
  const place = await startWorkplace({ world, now: clock.now });
  let backend: Backend | null = null;
  try {
    place.sandbox.control.google.changeSettings({ accessTokenSeconds: DAY_MINUTES * 60 });
    await place.connect(OWNER);
    await untilQuiet(adminClient(place.backend));
    backend = await onClock(place, clock);
    const life = { place, backend, clock, note: plan.note };
    const notified: number[] = [];
    for (let day = 0; day < (plan.quick ? 1 : DAYS); day += 1) notified.push(await liveADay(life, day + 1));
    if (plan.quick) return rows(notified, null);
    await place.configure({ SYNC_POLLING_ONLY: "1" });
    return rows(notified, await liveADay(life, DAYS + 1));
  } finally {
    // What the last job woke finds nothing to do, but finds it before the end.
    await sleep(500);
    await backend?.close();
    await place.dispose();
  }
};

/** The same deployment, on the bench's clock, at the same address. */
async function onClock({ backend, visitor }: Workplace, clock: Clock): Promise<Backend> {
  await visitor.close();
  await backend.stop();
  return startBackend({
    dataFolder: backend.home.backend,
    port: Number(new URL(backend.url).port),
    sitePort: Number(new URL(backend.siteUrl).port),
    adminKey: backend.secrets.adminKey,
    now: clock.now,
  });
}

interface Life extends Pick<PartPlan, "note"> {
  place: Workplace;
  backend: Backend;
  clock: Clock;
}

/** The next day, whose changes are those of a seed. Returns its calls. */
async function liveADay({ place, backend, clock, note }: Life, seed: number): Promise<number> {
  const { calls, google } = place.sandbox.control;
  const calendarIds = google.calendars(OWNER.email).map(({ id }) => id);
  const midnight = Math.ceil(clock.now() / DAY_MS) * DAY_MS;
  const changes = changesOfADay(CALENDARS, CHANGES_EACH, seed);
  const callTimes: number[] = [];
  const kinds = new Map<string, number>();
  let [last] = calls.recent(1);
  for (let minute = 0; minute < DAY_MINUTES; minute += 1) {
    clock.forwardTo(midnight + minute * MINUTE_MS);
    const due = await tick(backend);
    const now = changes.filter((change) => change.minute === minute);
    for (const { calendar } of now) change(place, calendarIds[calendar] ?? "", `Changed at ${minute} of day ${seed}`);
    if (due > 0 || now.length > 0) await settled(place, backend);
    for (const call of calls.recent(MOST_CALLS_A_MINUTE, last?.number ?? 0).reverse()) {
      last = call;
      if (call.kind.startsWith("oauth.") || call.status === UNAUTHORIZED) continue;
      callTimes.push(clock.now());
      kinds.set(call.kind, (kinds.get(call.kind) ?? 0) + 1);
    }
  }
  kinds.set("refreshes, by the rule", refreshesFor(callTimes));
  note(`day ${seed}: ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
  return callTimes.length + refreshesFor(callTimes);
}

/** Returns how many rows were due. */
async function tick(backend: Backend): Promise<number> {
  let due = 0;
  for (const [kind, path] of EVERY_MINUTE) due += Number(await backend.call(kind, path, {}));
  return due;
}

function change({ sandbox }: Workplace, calendarId: string, summary: string): void {
  const { google } = sandbox.control;
  const events = google.stored(calendarId);
  google.changeEvent(calendarId, events[summary.length % events.length]?.id ?? "", { summary });
}

async function settled({ sandbox }: Workplace, backend: Backend): Promise<void> {
  do {
    await sandbox.control.idle();
    while (!isQuiet(JSON.parse(await backend.call("Query", "monitoring/metrics/queue:read", {})) as QueueState)) await sleep(5);
    await sandbox.control.idle();
  } while (!isQuiet(JSON.parse(await backend.call("Query", "monitoring/metrics/queue:read", {})) as QueueState));
}

function rows(perDay: readonly number[], pollingDay: number | null): Measurement[] {
  const mean = perDay.reduce((sum, calls) => sum + calls, 0) / perDay.length;
  const peers = { "15-minute polling": POLLING_CALLS, ...(pollingDay === null ? {} : { "itself, polling only": pollingDay }) };
  return [
    { name: `calls of a seeded day, mean of ${perDay.length}`, unit: "calls", ours: mean, peers },
    { name: "  the day with the most", unit: "calls", ours: Math.max(...perDay), peers },
    alone("calls of a seeded day against 15-minute polling", "%", (mean / POLLING_CALLS) * 100),
  ];
}
