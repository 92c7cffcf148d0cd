import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../_generated/api";
import { OPEN_FROM } from "../../lib/queue/breaker";
import { jobOf, newDeployment, somebodyMonitored, type Deployment, type Monitored } from "../../tests/support/monitored";

const START = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
const SECRET = "a server secret of at least 32 bytes";
const UNAVAILABLE = { kind: "unavailable" as const, code: "server_error", message: "No.", action: "Wait.", retryAfterMs: null };
const DONE = { syncType: "channel" as const, upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 };

let t: Deployment;
let nora: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: START });
  vi.stubEnv("LINEARTIME_SERVER_SECRET", SECRET);
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const running = async (dedupeKey: string) => ({ jobId: await jobOf(t, nora, { status: "processing", dedupeKey }), leaseId: "lease" });
const openUntil = async () => (await t.run((ctx) => ctx.db.query("connectionBreakers").first()))?.openUntil ?? null;

/** So many failures in a row leave the provider alone for half an hour. */
async function failForLong(): Promise<void> {
  for (let failures = 0; failures < OPEN_FROM + 6; failures += 1) {
    await t.mutation(internal.sync.complete.fail, { ...(await running(`calendar:${failures}`)), failure: UNAVAILABLE });
  }
  await t.run(async (ctx) => {
    for (const job of await ctx.db.query("syncJobs").collect()) await ctx.db.delete(job._id);
  });
  expect(await openUntil()).toBe(START + 30 * MINUTE);
}

describe("a provider that is left alone", () => {
  const tick = async () => {
    await t.action(internal.monitoring.tick.run, {});
    const { syncing } = await t.query(api.monitoring.health.check, { secret: SECRET });
    const open = await t.run(async (ctx) => (await ctx.db.query("alerts").collect()).filter((alert) => alert.closedAt === null));
    return { syncing, open: open.map(({ kind }) => kind) };
  };

  it("makes LinearTime neither unwell nor late, though its jobs have been due for long", async () => {
    await failForLong();
    await jobOf(t, nora, { status: "pending" });
    vi.setSystemTime(START + 29 * MINUTE);
    expect(await tick()).toEqual({ syncing: true, open: [] });
    vi.setSystemTime(START + 41 * MINUTE);
    expect(await tick()).toEqual({ syncing: false, open: ["oldest_job"] });
  });

  it("hides nobody else's job that nothing keeps from starting", async () => {
    await failForLong();
    await jobOf(t, nora, { status: "pending" });
    vi.setSystemTime(START + MINUTE);
    await jobOf(t, await somebodyMonitored(t, "ana"), { status: "pending" });
    vi.setSystemTime(START + 12 * MINUTE);
    expect(await tick()).toEqual({ syncing: false, open: ["oldest_job"] });
  });

  it("is not taken for mended because a job that watches is done", async () => {
    await failForLong();
    const lease = { jobId: await jobOf(t, nora, { status: "processing", type: "renew_subscription" }), leaseId: "lease" };
    await t.mutation(internal.sync.complete.succeed, { ...lease, result: DONE });
    expect(await openUntil()).toBe(START + 30 * MINUTE);
    await t.mutation(internal.sync.complete.succeed, { ...(await running("x")), result: { ...DONE, syncType: "polling" } });
    expect(await openUntil()).toBeNull();
  });
});
