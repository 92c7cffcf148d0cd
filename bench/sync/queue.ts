import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { JOB_PRIORITIES } from "../../lib/queue/job";
import { ADMIN_KEY, push, startProcess } from "../../local/backend/testing/harness";
import type { Measurement } from "../report";
import { quantile } from "../timing";
import type { Part } from "./part";

const APP = path.join(import.meta.dirname, "queue-app");
const BATCH = 100;
/** What one query of the bench takes of the jobs that are done. */
const MOST = 8_000;
const PEER = "@convex-dev/workpool";
const PATIENCE_MS = 20 * 60_000;

type Organization = { orgId: string; providerConfigId: string; calendarIds: string[] };
type Done = { waitMs: number; doneAt: number }[];

const makeOrganization = makeFunctionReference<"mutation", { name: string; calendars: number }, Organization>("jobs:makeOrganization");
const enqueueOurs = makeFunctionReference<"mutation", Organization & { priorities: string[] }, null>("jobs:enqueueOurs");
const enqueuePool = makeFunctionReference<"mutation", { label: string; count: number }, null>("jobs:enqueuePool");
const done = makeFunctionReference<"query", { queue: "ours" | "pool"; label: string; take: number }, Done>("jobs:done");

/**
 * The product's queue with a worker that does one mutation, and Workpool with an action that does the same, in one app on one
 * backend, five at once each. Ours records health, figures and audit of each job besides: what the product needs of it.
 */
export const part: Part = async ({ quick, note }) => {
  const [jobs, noisy] = quick ? [200, 500] : [2_000, 10_000];
  const root = mkdtempSync(path.join(tmpdir(), "lineartime-bench-"));
  const backend = await startProcess(path.join(root, "data"), 0, 10_000);
  try {
    await push(backend, APP);
    const client = administrator(backend.url);
    const ours = await throughOurs(client, jobs);
    const theirs = await throughPool(client, jobs);
    note(`${jobs} jobs each; now behind ${noisy.toLocaleString("en")} of another organization`);
    const theirNext = await behindNoisyPool(client, noisy);
    const ourNext = await behindNoisyOurs(client, noisy);
    const poolWaits = theirs.waits.sort((a, b) => a - b);
    return [
      { name: "jobs a second through the queue", unit: "jobs/s", ours: ours.perSecond, peers: { [PEER]: theirs.perSecond } },
      ...JOB_PRIORITIES.flatMap((priority) => waitRows(priority, ours.waits.get(priority) ?? [], poolWaits)),
      { name: `next organization's job behind ${noisy.toLocaleString("en")} of a noisy one`, unit: "ms", ours: ourNext, peers: { [PEER]: theirNext } },
    ];
  } finally {
    await backend.stop();
    rmSync(root, { recursive: true, force: true });
  }
};

type AdminClient = ConvexHttpClient & { setAdminAuth(key: string): void };

function administrator(url: string): ConvexHttpClient {
  const client = new ConvexHttpClient(url, { logger: false }) as AdminClient;
  client.setAdminAuth(ADMIN_KEY);
  return client;
}

/** Workpool knows no priorities: all of its jobs are compared with each of ours. */
function waitRows(priority: string, ours: number[], theirs: number[]): Measurement[] {
  const ascending = ours.sort((a, b) => a - b);
  const row = (name: string, share: number): Measurement => ({ name, unit: "ms", ours: quantile(ascending, share), peers: { [PEER]: quantile(theirs, share) } });
  return [row(`wait of ${priority} jobs, median`, 0.5), row("  p95", 0.95)];
}

async function throughOurs(client: ConvexHttpClient, jobs: number): Promise<{ perSecond: number; waits: Map<string, number[]> }> {
  const organization = await organizationOf(client, "one", jobs);
  const began = Date.now();
  await enqueueAll(client, organization, [...JOB_PRIORITIES]);
  const waits = new Map<string, number[]>();
  let last = began;
  for (const priority of JOB_PRIORITIES) {
    const ended = await untilDone(client, "ours", priority, jobs / JOB_PRIORITIES.length);
    waits.set(priority, ended.map(({ waitMs }) => waitMs));
    last = Math.max(last, ...ended.map(({ doneAt }) => doneAt));
  }
  return { perSecond: (jobs / (last - began)) * 1000, waits };
}

async function throughPool(client: ConvexHttpClient, jobs: number): Promise<{ perSecond: number; waits: number[] }> {
  const began = Date.now();
  await fillPool(client, "measured", jobs);
  const ended = await untilDone(client, "pool", "measured", jobs);
  const last = Math.max(...ended.map(({ doneAt }) => doneAt));
  return { perSecond: (jobs / (last - began)) * 1000, waits: ended.map(({ waitMs }) => waitMs) };
}

async function behindNoisyPool(client: ConvexHttpClient, noisy: number): Promise<number> {
  await fillPool(client, "noisy", noisy);
  await client.mutation(enqueuePool, { label: "next", count: 1 });
  const [next] = await untilDone(client, "pool", "next", 1);
  return next?.waitMs ?? Number.NaN;
}

/** The noisy one's jobs are as urgent as a person's own wish, the other's are not urgent at all: only its turn helps it. */
async function behindNoisyOurs(client: ConvexHttpClient, noisy: number): Promise<number> {
  const [loud, quiet] = [await organizationOf(client, "loud", noisy), await organizationOf(client, "quiet", 1)];
  const before = (await client.query(done, { queue: "ours", label: "low", take: MOST })).length;
  await enqueueAll(client, loud, ["critical"]);
  await enqueueAll(client, quiet, ["low"]);
  const ended = await untilDone(client, "ours", "low", before + 1);
  return ended.at(-1)?.waitMs ?? Number.NaN;
}

async function organizationOf(client: ConvexHttpClient, name: string, calendars: number): Promise<Organization> {
  const first = await client.mutation(makeOrganization, { name, calendars: Math.min(calendars, 1_000) });
  const calendarIds = [...first.calendarIds];
  for (let more = 1; calendarIds.length < calendars; more += 1) {
    // Ids of calendars are all that is needed of the others: their jobs are in the name of the first account.
    calendarIds.push(...(await client.mutation(makeOrganization, { name: `${name}-${more}`, calendars: Math.min(calendars - calendarIds.length, 1_000) })).calendarIds);
  }
  return { ...first, calendarIds };
}

async function enqueueAll(client: ConvexHttpClient, { calendarIds, ...account }: Organization, priorities: string[]): Promise<void> {
  for (let from = 0; from < calendarIds.length; from += BATCH) {
    await client.mutation(enqueueOurs, { ...account, calendarIds: calendarIds.slice(from, from + BATCH), priorities });
  }
}

async function fillPool(client: ConvexHttpClient, label: string, jobs: number): Promise<void> {
  for (let from = 0; from < jobs; from += BATCH) await client.mutation(enqueuePool, { label, count: Math.min(BATCH, jobs - from) });
}

async function untilDone(client: ConvexHttpClient, queue: "ours" | "pool", label: string, count: number): Promise<Done> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const ended = await client.query(done, { queue, label, take: Math.min(count, MOST) });
    if (ended.length >= Math.min(count, MOST)) return ended;
    // Asking costs the backend what it takes from the jobs: not too often.
    await sleep(250);
  }
  throw new Error(`The jobs ${label} were not done within ${PATIENCE_MS / 60_000} minutes.`);
}
