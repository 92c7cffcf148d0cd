import { setTimeout as sleep } from "node:timers/promises";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { letPass, minuteComes } from "../../support/aging";
import { startWorkplace, type Workplace } from "../../support/google/workplace";
import { stored } from "../../support/stored";
import type { Sandbox } from "../../../local/sandbox/sandbox";
import { NORA } from "../../../local/sandbox/testing/empty-world";
import { lifeAt, worldOfTwo } from "./life";
import { faultsOf } from "./verdict";
import { CALLS, NOTIFICATIONS } from "./weather";

/** How much of it there is. */
export interface Strength {
  readonly changes: number;
  readonly kills: number;
}

export const FULL: Strength = { changes: 60, kills: 2 };

/** What one storm was, and what was wrong after it. */
export interface SyncStormReport extends Traffic {
  wrong: string[];
}

/** What went between Google and us: attempts to deliver, those dropped, calls that read events, and those that a fault met. */
interface Traffic {
  deliveries: number;
  dropped: number;
  reads: number;
  faulty: number;
}

const LONGEST_PAUSE_MS = 120;
/** Now and then life waits until somebody looks, but no longer than this. */
const LOOKED_AT = 0.5;
const LONGEST_LOOK_MS = 900;
/** Now and then somebody presses "Sync now": after a failure nothing else is read for longer than the storm lasts. */
const IMPATIENT = 0.4;
/** Changes while nobody listens. */
const UNHEARD = 4;
/** After which every watched calendar is looked at, whatever was heard of it. */
const DAY_AND_HOUR_MS = 25 * 60 * 60_000;
const PATIENCE_MS = 90_000;
/** What waits for longer was put off. */
const SOON_MS = 5_000;

/**
 * Lets things happen at Google while notifications and calls are unreliable and the backend is killed; then lets a day pass in
 * good weather, and compares what a visitor sees with what is there.
 */
export async function runSyncStorm(seed: number, strength = FULL): Promise<SyncStormReport> {
  const world = { world: worldOfTwo(), randomSeed: `storm ${seed}` };
  // Small portions: a page is applied by many mutations, and a kill finds it half applied.
  const place = await startWorkplace(world, { BATCH_SIZE: 4, GOOGLE_API_RATE_LIMIT: 100_000 });
  try {
    const { control } = place.sandbox;
    control.google.changeSettings({ callsPerMinute: 1_000_000, callsPerMinutePerUser: 1_000_000 });
    const connectionId = await place.connect(NORA);
    await place.settled();
    control.changeNotificationFaults(NOTIFICATIONS);
    for (const fault of CALLS) control.faults.add(fault);
    control.calls.reset();
    const traffic = trafficAt(place.sandbox);
    await withoutComplaints(() => rage(place, connectionId, { seed, strength, traffic }));
    const { deliveries, dropped, reads, faulty } = traffic.sofar();
    control.calm();
    return { deliveries, dropped, reads, faulty, wrong: await afterwards(place) };
  } finally {
    await place.dispose();
  }
}

async function rage(
  place: Workplace,
  connectionId: Id<"providerConfigs">,
  { seed, strength: { changes, kills }, traffic }: { seed: number; strength: Strength; traffic: Meter },
): Promise<void> {
  const life = lifeAt(place.sandbox, seed, changes);
  const share = Math.floor(changes / kills);
  const killed = new Set(Array.from({ length: kills }, (_, kill) => kill * share + life.random.between(1, share - UNHEARD - 2)));
  for (let change = 0; change < changes; change += 1) {
    const { reads } = traffic.sofar();
    await life.goOn();
    if (life.random.chance(LOOKED_AT)) await within(LONGEST_LOOK_MS, () => traffic.sofar().reads > reads);
    await sleep(life.random.between(0, LONGEST_PAUSE_MS));
    if (life.random.chance(IMPATIENT)) await place.visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
    if (!killed.has(change)) continue;
    const down = place.crash();
    for (let unheard = 0; unheard < UNHEARD; unheard += 1, change += 1) await life.goOn();
    await down;
  }
}

interface Meter {
  sofar(): Traffic;
}

/** The sandbox keeps the last of its messages only, so they are counted as they come. */
function trafficAt({ control }: Sandbox): Meter {
  const total: Traffic = { deliveries: 0, dropped: 0, reads: 0, faulty: 0 };
  const MOST = 300;
  let [delivery, call] = [control.notifications(1)[0]?.number ?? 0, 0];
  return {
    sofar() {
      const attempts = control.notifications(MOST, delivery);
      const calls = control.calls.recent(MOST, call);
      [delivery, call] = [attempts[0]?.number ?? delivery, calls[0]?.number ?? call];
      total.deliveries += attempts.length;
      total.dropped += attempts.filter(({ outcome }) => outcome === "dropped").length;
      total.reads += calls.filter(({ kind }) => kind === "calendar.events.list").length;
      total.faulty += calls.filter(({ fault }) => fault !== null).length;
      return { ...total };
    },
  };
}

async function within(ms: number, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + ms;
  while (!isSo() && Date.now() < deadline) await sleep(20);
}

/** The webhook route says each time that the deployment cannot be reached: here it is not to be. */
async function withoutComplaints(work: () => Promise<void>): Promise<void> {
  const { error } = console;
  console.error = () => undefined;
  await work().finally(() => {
    console.error = error;
  });
}

/** What is wrong when the faults are over and everything that a day brings has been done. */
async function afterwards(place: Workplace): Promise<string[]> {
  const waits = await atRest(place);
  if (waits.length > 0) return waits;
  await letPass(place.backend, DAY_AND_HOUR_MS);
  const stuck = await atRest(place);
  if (stuck.length > 0) return stuck;
  return await eventually(() => faultsOf(place));
}

/** Waits until no job is under way or due; those that were put off by a fault come with the next thing that is asked for. */
async function atRest(place: Workplace): Promise<string[]> {
  return await eventually(async () => {
    await place.sandbox.control.idle();
    await minuteComes(place.backend);
    const jobs = await stored(place.backend, "syncJobs");
    const soon = Date.now() + SOON_MS;
    return jobs.flatMap(({ status, type, error, scheduledAt }) =>
      status === "processing" || (status === "pending" && Number(scheduledAt) <= soon) ? [`${String(type)} is ${status}: ${JSON.stringify(error)}`] : [],
    );
  });
}

/** Looks again and again until nothing is wrong; what still is when patience ends. */
async function eventually(look: () => Promise<string[]>): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const wrong = await look();
    if (wrong.length === 0 || Date.now() > deadline) return wrong;
    await sleep(250);
  }
}
