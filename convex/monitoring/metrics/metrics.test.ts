import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../_generated/api";
import { turnsOf } from "./turns";
import { jobOf, newDeployment, somebodyMonitored, type Deployment, type Monitored } from "../../../tests/support/monitored";

const START = Date.UTC(2026, 0, 5, 9);
const DAY = 86_400_000;
const DONE = { syncType: "polling" as const, upserted: 2, unchanged: 5, deleted: 1, unreadable: 0 };

let t: Deployment;
let nora: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: START });
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** A moment later, as the cron would. */
const fold = () => {
  vi.setSystemTime(Date.now() + 1_000);
  return t.mutation(internal.monitoring.metrics.fold.step, {});
};
const unfolded = () => t.run(async (ctx) => turnsOf(await ctx.db.query("syncJobs").collect()));
const rollups = () => t.run((ctx) => ctx.db.query("syncMetrics").collect());

async function endOne(whose: Monitored, ranMs = 700) {
  const now = Date.now();
  const jobId = await jobOf(t, whose, { status: "processing", scheduledAt: now - 300, startedAt: now, dedupeKey: `job ${now} ${Math.random()}` });
  vi.setSystemTime(now + ranMs);
  await t.mutation(internal.sync.complete.succeed, { jobId, leaseId: "lease", result: DONE, usage: { apiCalls: 4, callMs: 400 } });
}

describe("the end of a turn", () => {
  it("is measured on its job: what it took and what it cost", async () => {
    await endOne(nora);
    expect(await unfolded()).toEqual([
      {
        ...{ orgId: nora.orgId, ownerUserId: nora.ownerUserId, provider: "caldav", type: "incremental_sync", syncType: "polling", outcome: "success" },
        ...{ waitMs: 300, runMs: 700, changes: 3, apiCalls: 4, callMs: 400, errorCode: null, at: START + 700 },
      },
    ]);
  });

  it("of a job that is tried again is counted beside its next end, however late they are folded", async () => {
    const failure = { kind: "unavailable" as const, code: "server_error", message: "500", action: "Wait.", retryAfterMs: null };
    const jobId = await jobOf(t, nora, { status: "processing" });
    await t.mutation(internal.sync.complete.fail, { jobId, leaseId: "lease", failure });
    vi.setSystemTime(START + 3 * 60_000);
    await t.run((ctx) => ctx.db.patch(jobId, { status: "processing", waiting: false, leaseId: "lease", startedAt: Date.now() }));
    await t.mutation(internal.sync.complete.succeed, { jobId, leaseId: "lease", result: DONE });
    expect((await unfolded()).map(({ outcome }) => outcome)).toEqual(["retry", "success"]);
    await fold();
    expect(await unfolded()).toEqual([]);
    const minutes = (await rollups()).filter(({ scope, span }) => scope === nora.orgId && span === "minute");
    expect(minutes.map(({ startAt, retried, succeeded }) => [startAt - START, retried, succeeded])).toEqual([
      [0, 1, 0],
      [3 * 60_000, 0, 1],
    ]);
  });

  it("that failed says with what, whether it is tried again, held or given up", async () => {
    const failure = { kind: "unavailable" as const, code: "server_error", message: "500", action: "Wait.", retryAfterMs: null };
    const lease = async (attempt: number) => ({ jobId: await jobOf(t, nora, { status: "processing", attempt, dedupeKey: `${attempt}` }), leaseId: "lease" });
    await t.mutation(internal.sync.complete.fail, { ...(await lease(0)), failure });
    await t.mutation(internal.sync.complete.fail, { ...(await lease(5)), failure });
    await t.mutation(internal.sync.complete.yieldTurn, await lease(1));
    await t.mutation(internal.calendars.held.hold, { ...(await lease(2)), deletions: 9, known: 10 });
    expect((await unfolded()).map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
      ["retry", "server_error"],
      ["failed", "server_error"],
      ["continued", null],
      ["held", null],
    ]);
  });

  it("by a late worker leaves none", async () => {
    const jobId = await jobOf(t, nora, { status: "processing" });
    await t.mutation(internal.sync.complete.succeed, { jobId, leaseId: "another", result: DONE });
    expect(await unfolded()).toEqual([]);
  });
});

describe("folding", () => {
  it("adds each end once to the spans of its organization and of the deployment", async () => {
    const ana = await somebodyMonitored(t, "ana");
    await endOne(nora);
    await endOne(ana);
    vi.setSystemTime(START + 60_000);
    await endOne(nora);
    expect(await fold()).toEqual({ folded: 3, more: false });
    const once = await rollups();
    expect(await fold()).toEqual({ folded: 0, more: false });
    expect(await rollups()).toEqual(once);
    const of = (scope: string, span: string) => once.filter((row) => row.scope === scope && row.span === span).map(({ succeeded }) => succeeded);
    expect(of("deployment", "minute")).toEqual([2, 1]);
    expect(of(nora.orgId, "minute")).toEqual([1, 1]);
    expect(of(ana.orgId, "minute")).toEqual([1]);
    expect(of("deployment", "hour")).toEqual([3]);
    expect(of(nora.orgId, "quarter")).toEqual([2]);
  });

  it("goes on in steps, and what comes late is still counted in its own minute", async () => {
    for (let index = 0; index < 205; index += 1) await endOne(nora, 0);
    expect(await t.mutation(internal.monitoring.metrics.fold.step, {})).toEqual({ folded: 0, more: false });
    expect(await fold()).toEqual({ folded: 200, more: true });
    vi.setSystemTime(START + 600_000);
    expect(await fold()).toEqual({ folded: 5, more: false });
    const minutes = (await rollups()).filter(({ scope, span }) => scope === "deployment" && span === "minute");
    expect(minutes.map(({ startAt, succeeded, apiCalls }) => [startAt, succeeded, apiCalls])).toEqual([[START, 205, 820]]);
  });
});

it("the queue is measured by priority, for the deployment and each organization", async () => {
  const ana = await somebodyMonitored(t, "ana");
  await jobOf(t, nora, { status: "pending", priority: "low", scheduledAt: START - 5_000 });
  await jobOf(t, nora, { status: "retry", priority: "high", scheduledAt: START + 60_000 });
  await jobOf(t, ana, { status: "pending", priority: "low" });
  await jobOf(t, ana, { status: "processing", startedAt: START - 90_000 });
  const { gauges, ...queue } = await t.query(internal.monitoring.metrics.queue.read, {});
  expect(queue).toEqual({ waiting: 3, oldestMs: 5_000, longestRunMs: 90_000 });
  await t.mutation(internal.monitoring.metrics.queue.record, { gauges });
  const rows = (await rollups()).filter(({ span }) => span === "minute");
  expect(rows.map(({ scope, depth }) => [scope, depth.high, depth.low])).toEqual([
    ["deployment", 1, 2],
    [nora.orgId, 1, 1],
    [ana.orgId, 0, 1],
  ]);
});

it("the overview shows one's own figures only, and provider health from one's own calls", async () => {
  const ana = await somebodyMonitored(t, "ana");
  await endOne(nora);
  await endOne(ana);
  await fold();
  const mine = await nora.as.query(api.monitoring.overview.figuresIn, { scope: "own", window: "1h" });
  expect(mine?.total).toMatchObject({ turns: 1, changes: 3, apiCalls: 4, callMs: 100 });
  expect(mine?.providers).toMatchObject([{ provider: "caldav", label: "CalDAV", verdict: "well", turns: 1 }]);
  expect(mine?.pollingShare).toBe(1);
  const failure = { kind: "unavailable" as const, code: "server_error", message: "500", action: "Wait.", retryAfterMs: null };
  const jobId = await jobOf(t, nora, { status: "processing" });
  await t.mutation(internal.sync.complete.fail, { jobId, leaseId: "lease", failure });
  const now = await nora.as.query(api.monitoring.overview.figuresIn, { scope: "own", window: "1h" });
  expect(now?.providers).toMatchObject([{ lastSuccessAt: START + 700, lastFailureAt: Date.now(), lastErrorCode: "server_error" }]);
  const others = await ana.as.query(api.monitoring.overview.figuresIn, { scope: "own", window: "1h" });
  expect(others?.providers).toMatchObject([{ lastFailureAt: null }]);
  expect(await nora.as.query(api.monitoring.overview.figuresIn, { scope: "deployment", window: "24h" })).toBeNull();
});

describe("a job that is removed", () => {
  it("tells the figures first what they do not have yet, and with its account goes what was known of the provider", async () => {
    await endOne(nora);
    await t.mutation(internal.connections.removal.step, { providerConfigId: nora.connectionId });
    expect(await t.run((ctx) => ctx.db.query("syncJobs").collect())).toEqual([]);
    const hour = (await rollups()).filter(({ scope, span }) => scope === nora.orgId && span === "hour");
    expect(hour).toMatchObject([{ succeeded: 1, apiCalls: 4 }]);
    const health = await t.run((ctx) => ctx.db.query("providerHealth").collect());
    expect(health.map(({ ownerUserId, provider }) => [ownerUserId, provider])).toEqual([[undefined, "caldav"]]);
  });

  it("for its age does so too", async () => {
    await endOne(nora);
    vi.setSystemTime(START + 91 * DAY);
    await t.mutation(internal.sync.retention.sweep, {});
    expect((await rollups()).filter(({ scope, span }) => scope === "deployment" && span === "hour")).toMatchObject([{ succeeded: 1 }]);
  });
});

describe("what is old", () => {
  it("goes: minutes after two days, figures and audit entries when their time is over", async () => {
    await endOne(nora);
    await fold();
    await t.run((ctx) =>
      ctx.db.insert("auditLog", {
        at: START,
        action: "signed_in",
        outcome: "done",
        actorUserId: null,
        orgId: null,
        ownerUserId: null,
        objectKind: "person",
        objectId: "x",
        objectLabel: null,
        detail: null,
      }),
    );
    const left = async () => ({ spans: (await rollups()).map(({ span }) => span).sort(), audit: await t.run(async (ctx) => (await ctx.db.query("auditLog").collect()).length) });
    const at = async (days: number) => {
      vi.setSystemTime(START + days * DAY);
      await t.mutation(internal.monitoring.retention.sweep, {});
      return await left();
    };
    const both = ["hour", "hour"];
    expect(await at(1)).toEqual({ spans: [...both, "minute", "minute", "quarter", "quarter"], audit: 1 });
    expect(await at(3)).toEqual({ spans: [...both, "quarter", "quarter"], audit: 1 });
    expect(await at(15)).toEqual({ spans: both, audit: 1 });
    expect(await at(91)).toEqual({ spans: [], audit: 0 });
  });
});
