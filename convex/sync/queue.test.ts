import { convexTest, type TestConvex } from "convex-test";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { convexModules } from "../../tests/support/convex-modules";
import { calendarRow } from "../../tests/support/rows";
import schema from "../schema";
import { enqueue, type Work } from "./enqueue";
import { SETTLED_MS, WAKE_EVERY_MS } from "./lanes";
import type { Lease } from "./lease";

/*
 * The queue's rules, against random histories of enqueuing, claiming, ending, losing workers
 * and moving clocks. Nothing here runs a worker: the test is the worker.
 */

const SLOTS = 3;
const START = Date.UTC(2026, 0, 5, 9);
const UNAVAILABLE = {
  kind: "unavailable" as const,
  code: "server_error",
  message: "It answered 500.",
  action: "Wait.",
  retryAfterMs: null,
};
const REJECTED = { kind: "rejected" as const, code: "no", message: "It will not pass.", action: "Look." };
const DONE = { syncType: "polling" as const, upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 };

type Queue = TestConvex<typeof schema>;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  vi.stubEnv("SYNC_CONCURRENT_JOBS", String(SLOTS));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Organizations with `perOrg` calendars each, all on one connection. */
async function world(t: Queue, orgs: number, perOrg: number): Promise<Work[][]> {
  return await t.run(async (ctx) => {
    const result: Work[][] = [];
    for (let org = 0; org < orgs; org += 1) {
      const orgId = await ctx.db.insert("organizations", { name: `org ${org}` });
      const ownerUserId = await ctx.db.insert("users", {
        tokenIdentifier: `issuer|${org}`,
        subject: String(org),
        email: `${org}@example.com`,
        name: `User ${org}`,
      });
      const account = { orgId, ownerUserId, provider: "caldav", account: "nora" };
      const providerConfigId = await ctx.db.insert("providerConfigs", {
        ...account,
        serverUrl: "https://dav.example.com/",
      });
      const work: Work[] = [];
      for (let index = 0; index < perOrg; index += 1) {
        const calendarId = await ctx.db.insert(
          "calendars",
          calendarRow({ orgId, ownerUserId, providerConfigId }, { remoteId: `/calendar-${index}/`, name: `Calendar ${index}` }),
        );
        work.push({ orgId, providerConfigId, calendarId, type: "full_sync", priority: "medium" });
      }
      result.push(work);
    }
    return result;
  });
}

const add = (t: Queue, work: Work) => t.run(async (ctx) => (await enqueue(ctx, work)).jobId);
/** What was written a moment ago is seen by the dispatcher a moment later. */
const dispatch = (t: Queue) => {
  vi.setSystemTime(Date.now() + SETTLED_MS + WAKE_EVERY_MS);
  return t.mutation(internal.sync.dispatcher.dispatch, {});
};
const jobs = (t: Queue) => t.run((ctx) => ctx.db.query("syncJobs").collect());
const processing = async (t: Queue) =>
  (await jobs(t)).filter((job) => job.status === "processing");

function leaseOf(job: Doc<"syncJobs">): Lease {
  if (job.leaseId === null) throw new Error("not leased");
  return { jobId: job._id, leaseId: job.leaseId };
}

const byKey = (rows: Doc<"syncJobs">[]) => rows.map((job) => job.dedupeKey).sort();

/** What must hold after every step of every history. */
async function checkInvariants(t: Queue): Promise<void> {
  const all = await jobs(t);
  const waiting = all.filter((job) => job.status === "pending" || job.status === "retry");
  const running = all.filter((job) => job.status === "processing");
  expect(running.length).toBeLessThanOrEqual(SLOTS);
  expect(new Set(byKey(waiting)).size).toBe(waiting.length);
  expect(new Set(byKey(running)).size).toBe(running.length);
  for (const job of all) {
    expect(job.waiting).toBe(waiting.includes(job));
    expect(job.leaseId !== null).toBe(running.includes(job));
    expect(job.status === "failed" && job.error === null).toBe(false);
    expect(job.attempt).toBeLessThanOrEqual(job.maxRetries + 1);
  }
  const lanes = await t.run((ctx) => ctx.db.query("queueLanes").collect());
  const standing = new Set(lanes.map((lane) => lane.orgId));
  expect(new Set(lanes.map((lane) => `${lane.orgId} ${lane.turnAt}`)).size).toBe(lanes.length);
  for (const job of waiting) expect(standing.has(job.orgId)).toBe(true);
}

type Step =
  | { do: "enqueue"; org: number; calendar: number; priority: Work["priority"] }
  | { do: "dispatch" | "sweep" }
  | { do: "succeed" | "fail" | "reject" | "yield"; pick: number }
  /** The worker's process dies: nobody will ever report. */
  | { do: "crash"; pick: number }
  | { do: "late"; pick: number }
  | { do: "wait"; ms: number };

const pick = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({
    do: fc.constant("enqueue" as const),
    org: fc.nat(2),
    calendar: fc.nat(3),
    priority: fc.constantFrom("critical" as const, "medium" as const, "low" as const),
  }) },
  { weight: 4, arbitrary: fc.constant({ do: "dispatch" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "sweep" as const }) },
  { weight: 3, arbitrary: fc.record({
    do: fc.constantFrom("succeed" as const, "fail" as const, "reject" as const, "yield" as const),
    pick,
  }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("late" as const, "crash" as const), pick }) },
  { weight: 2, arbitrary: fc.record({
    do: fc.constant("wait" as const),
    ms: fc.constantFrom(1_000, 61_000, 10 * 60_000, 40 * 60_000),
  }) },
);

async function take(t: Queue, work: Work[][], stale: Lease[], next: Step): Promise<void> {
  switch (next.do) {
    case "enqueue": {
      const target = work[next.org]?.[next.calendar];
      if (target) await add(t, { ...target, priority: next.priority });
      return;
    }
    case "dispatch":
      await dispatch(t);
      return;
    case "sweep":
      await t.action(internal.sync.sweep.sweep, {});
      return;
    case "wait":
      vi.setSystemTime(Date.now() + next.ms);
      return;
    case "late": {
      const lease = stale[next.pick % Math.max(stale.length, 1)];
      if (!lease) return;
      const before = await jobs(t);
      if (before.some((job) => job.leaseId === lease.leaseId)) return;
      await t.mutation(internal.sync.complete.succeed, { ...lease, result: DONE });
      await t.mutation(internal.sync.complete.fail, { ...lease, failure: UNAVAILABLE });
      expect(await jobs(t)).toEqual(before);
      return;
    }
    default: {
      const running = await processing(t);
      const job = running[next.pick % Math.max(running.length, 1)];
      if (!job) return;
      const lease = leaseOf(job);
      stale.push(lease);
      if (next.do !== "crash") await end(t, lease, next.do);
      else await t.run(async (ctx) => {
        if (job.scheduledFunctionId !== null) await ctx.scheduler.cancel(job.scheduledFunctionId);
      });
    }
  }
}

async function end(t: Queue, lease: Lease, how: "succeed" | "fail" | "reject" | "yield") {
  if (how === "succeed") await t.mutation(internal.sync.complete.succeed, { ...lease, result: DONE });
  else if (how === "yield") await t.mutation(internal.sync.complete.yieldTurn, { ...lease });
  else {
    const failure = how === "fail" ? UNAVAILABLE : REJECTED;
    await t.mutation(internal.sync.complete.fail, { ...lease, failure });
  }
}

/** Runs everything that waits to its end: nothing may be left behind. */
async function drain(t: Queue): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    vi.setSystemTime(Date.now() + 31 * 60_000);
    await t.action(internal.sync.sweep.sweep, {});
    await dispatch(t);
    for (const job of await processing(t)) await end(t, leaseOf(job), "succeed");
    if ((await jobs(t)).every((job) => !job.waiting && job.status !== "processing")) return;
  }
}

describe("the queue", () => {
  it("loses no job, doubles none and lets no late worker write, whatever happens", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 45 }), async (steps) => {
        vi.setSystemTime(START);
        const t = convexTest(schema, convexModules);
        const work = await world(t, 3, 4);
        const stale: Lease[] = [];
        for (const next of steps) {
          await take(t, work, stale, next);
          await checkInvariants(t);
        }
        const asked = (await jobs(t)).length;
        await drain(t);
        const ended = await jobs(t);
        expect(ended).toHaveLength(asked);
        for (const job of ended) expect(["completed", "failed", "cancelled"]).toContain(job.status);
        await dispatch(t);
        expect(await t.run((ctx) => ctx.db.query("queueLanes").collect())).toEqual([]);
      }),
      { numRuns: 40, seed: 20260105 },
    );
  }, 120_000);

  it("serves another organization at once, however much a noisy one has waiting", async () => {
    const t = convexTest(schema, convexModules);
    const [noisy = [], quiet = []] = await world(t, 2, 20);
    for (const work of noisy) await add(t, { ...work, priority: "critical" });
    await dispatch(t);
    vi.setSystemTime(Date.now() + 1_000);
    const [job] = quiet;
    if (!job) throw new Error("no calendar");
    await add(t, { ...job, priority: "low" });
    const claimedBefore: Id<"organizations">[] = [];
    for (let round = 0; round < 3; round += 1) {
      const [first] = await processing(t);
      if (first) await end(t, leaseOf(first), "succeed");
      const before = new Set((await processing(t)).map((row) => row._id));
      await dispatch(t);
      const fresh = (await processing(t)).filter((row) => !before.has(row._id));
      if (fresh.some((row) => row.orgId === job.orgId)) {
        expect(claimedBefore.length).toBeLessThanOrEqual(2);
        return;
      }
      claimedBefore.push(...fresh.map((row) => row.orgId));
    }
    expect.fail("the quiet organization was not served");
  });

  it("claims the more urgent job first, until the other has aged", async () => {
    vi.stubEnv("SYNC_CONCURRENT_JOBS", "1");
    const t = convexTest(schema, convexModules);
    const [[first, second, third] = []] = await world(t, 1, 3);
    if (!first || !second || !third) throw new Error("no calendars");
    await add(t, { ...first, priority: "low" });
    await add(t, { ...second, priority: "critical" });
    await dispatch(t);
    const [urgent] = await processing(t);
    expect(urgent?.calendarId).toBe(second.calendarId);
    vi.setSystemTime(Date.now() + 6 * 60_000);
    await add(t, { ...third, priority: "critical" });
    if (urgent) await end(t, leaseOf(urgent), "succeed");
    await dispatch(t);
    expect((await processing(t))[0]?.calendarId).toBe(first.calendarId);
  });

  it("retries what can pass, later each time, and ends as a dead letter with its reason", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    const jobId = await add(t, work);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await dispatch(t);
      const [job] = await processing(t);
      if (!job) throw new Error("nothing claimed");
      await end(t, leaseOf(job), "fail");
      const after = await t.run((ctx) => ctx.db.get(jobId));
      if (after?.status !== "retry") break;
      waits.push(after.scheduledAt - Date.now());
      vi.setSystemTime(after.scheduledAt);
    }
    expect(waits).toHaveLength(3);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(60_000 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(60_000 * 2 ** index * 1.1);
    }
    expect(await t.run((ctx) => ctx.db.get(jobId))).toMatchObject({
      status: "failed",
      error: { code: "server_error", retryable: true },
    });
  });

  it("asks no sooner than a provider wants to be asked, also where the same work was asked for meanwhile", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    await add(t, work);
    await dispatch(t);
    const again = await add(t, work);
    const [job] = await processing(t);
    const failure = { ...UNAVAILABLE, kind: "rateLimited" as const, code: "rate_limited", retryAfterMs: 10 * 60_000 };
    const refusedAt = Date.now();
    if (job) await t.mutation(internal.sync.complete.fail, { ...leaseOf(job), failure });
    expect(await t.run((ctx) => ctx.db.get(again))).toMatchObject({ status: "pending", attempt: 1 });
    vi.setSystemTime(refusedAt + 9 * 60_000);
    expect(await dispatch(t)).toBe(0);
    vi.setSystemTime(refusedAt + 10 * 60_000 + 1);
    expect(await dispatch(t)).toBe(1);
  });

  it("does not retry what cannot pass", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    const jobId = await add(t, work);
    await dispatch(t);
    const [job] = await processing(t);
    if (job) await end(t, leaseOf(job), "reject");
    expect(await t.run((ctx) => ctx.db.get(jobId))).toMatchObject({
      status: "failed",
      error: { code: "no", retryable: false },
    });
  });

  it("leaves a provider alone after five failures in a row, then lets one job try, and goes on when it works", async () => {
    const t = convexTest(schema, convexModules);
    const [calendars = []] = await world(t, 1, 8);
    for (const work of calendars) await add(t, work);
    for (let failures = 0; failures < 5; failures += 1) {
      if ((await processing(t)).length === 0) await dispatch(t);
      const [job] = await processing(t);
      if (job) await end(t, leaseOf(job), "fail");
    }
    for (const job of await processing(t)) await end(t, leaseOf(job), "yield");
    await dispatch(t);
    expect(await processing(t)).toEqual([]);
    vi.setSystemTime(Date.now() + 61_000);
    await dispatch(t);
    const [probe, ...others] = await processing(t);
    expect(others).toEqual([]);
    if (!probe) throw new Error("nothing tries");
    await end(t, leaseOf(probe), "succeed");
    vi.setSystemTime(Date.now() + 6_000);
    await dispatch(t);
    expect((await processing(t)).length).toBeGreaterThan(1);
  });

  it("does not let an account that is left alone hold back another one of the same organization, however much it has waiting", async () => {
    const t = convexTest(schema, convexModules);
    const [[work, ...others] = []] = await world(t, 1, 121);
    if (!work) throw new Error("no calendar");
    const healthy = await t.run(async (ctx) => {
      const config = await ctx.db.get(work.providerConfigId);
      if (config === null) throw new Error("no connection");
      await ctx.db.insert("connectionBreakers", { providerConfigId: config._id, failures: 11, openUntil: Date.now() + 30 * 60_000 });
      const { _id, _creationTime, ...account } = config;
      return await ctx.db.insert("providerConfigs", { ...account, account: "well" });
    });
    for (const other of others) await add(t, other);
    const jobId = await add(t, { ...work, providerConfigId: healthy, priority: "low" });
    for (let round = 0; round < 4; round += 1) await dispatch(t);
    expect((await processing(t)).map((job) => job._id)).toEqual([jobId]);
    vi.setSystemTime(START + 31 * 60_000);
    await dispatch(t);
    expect(new Set((await processing(t)).map((job) => job.providerConfigId))).toEqual(new Set([healthy, work.providerConfigId]));
  });

  it("runs what waited for a job on the same thing as soon as that job ends", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    await add(t, work);
    await dispatch(t);
    const again = await add(t, work);
    await dispatch(t);
    for (const job of await processing(t)) await end(t, leaseOf(job), "succeed");
    await dispatch(t);
    expect((await processing(t)).map((job) => job._id)).toEqual([again]);
  });

  it("asks for the same work once, and runs it again when it is asked for while it runs", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    expect(await add(t, work)).toBe(await add(t, work));
    await dispatch(t);
    const again = await add(t, work);
    await dispatch(t);
    const all = await jobs(t);
    expect(all.map((job) => job.status).sort()).toEqual(["pending", "processing"]);
    for (const job of await processing(t)) await end(t, leaseOf(job), "succeed");
    vi.setSystemTime(Date.now() + 10_000);
    await dispatch(t);
    expect((await processing(t))[0]?._id).toBe(again);
  });

  it("gives the slot of a job that was removed while it ran to another one after a while", async () => {
    const t = convexTest(schema, convexModules);
    const [works = []] = await world(t, 1, SLOTS + 1);
    for (const work of works) await add(t, work);
    await dispatch(t);
    const [gone] = await processing(t);
    await t.run(async (ctx) => {
      if (gone) await ctx.db.delete(gone._id);
    });
    expect(await dispatch(t)).toBe(0);
    vi.setSystemTime(Date.now() + 11_000);
    expect(await dispatch(t)).toBe(1);
    expect(await processing(t)).toHaveLength(SLOTS);
  });

  it("knows what runs where nothing was written down of it yet, as after an upgrade", async () => {
    const t = convexTest(schema, convexModules);
    const [works = []] = await world(t, 1, SLOTS + 1);
    for (const work of works) await add(t, work);
    await dispatch(t);
    await t.run(async (ctx) => {
      for (const row of await ctx.db.query("queueSlots").collect()) await ctx.db.delete(row._id);
    });
    expect(await dispatch(t)).toBe(0);
    for (const job of (await processing(t)).slice(0, 1)) await end(t, leaseOf(job), "succeed");
    expect(await dispatch(t)).toBe(1);
  });

  it("finds due work whose organization does not stand in line", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    await add(t, work);
    await t.run(async (ctx) => {
      for (const row of await ctx.db.query("queueLanes").collect()) await ctx.db.delete(row._id);
    });
    vi.setSystemTime(Date.now() + 61_000);
    expect(await dispatch(t)).toBe(0);
    await t.action(internal.sync.sweep.sweep, {});
    expect(await dispatch(t)).toBe(1);
  });

  it("has a waiting job become as urgent and as early as whoever asks for the same", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    const jobId = await add(t, { ...work, type: "polling_sync", priority: "low" });
    await add(t, { ...work, type: "full_sync", priority: "critical" });
    await add(t, { ...work, type: "incremental_sync", priority: "medium" });
    expect(await t.run((ctx) => ctx.db.get(jobId))).toMatchObject({ type: "full_sync", priority: "critical", scheduledAt: START, claimAt: START });
  });

  it("serves the first hundred in line, and in its next turn those behind them", async () => {
    vi.stubEnv("SYNC_CONCURRENT_JOBS", "200");
    const t = convexTest(schema, convexModules);
    for (const works of await world(t, 120, 1)) for (const work of works) await add(t, work);
    expect(await dispatch(t)).toBe(100);
    const scheduled = await t.run((ctx) => ctx.db.system.query("_scheduled_functions").collect());
    expect(scheduled.filter(({ scheduledTime }) => scheduledTime > Date.now()).map(({ name }) => name)).toEqual(["sync/dispatcher:dispatch"]);
    expect(await dispatch(t)).toBe(20);
  });

  it("leaves alone what is younger than a transaction takes", async () => {
    const t = convexTest(schema, convexModules);
    const [[work] = []] = await world(t, 1, 1);
    if (!work) throw new Error("no calendar");
    await add(t, work);
    expect(await t.mutation(internal.sync.dispatcher.dispatch, {})).toBe(0);
    expect(await dispatch(t)).toBe(1);
  });
});
