import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../_generated/api";
import { jobOf, newDeployment, refusal, somebodyMonitored, type Deployment, type Monitored } from "../../../tests/support/monitored";
import { enqueue } from "../../sync/enqueue";
import { closeAlert, openAlert } from "./incidents";

const START = Date.UTC(2026, 0, 5, 9);
const DONE = { syncType: "polling" as const, upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 };
const REVOKED = { kind: "authRevoked" as const, code: "wrong_password", message: "No.", action: "Reconnect." };
const UNAVAILABLE = { kind: "unavailable" as const, code: "server_error", message: "No.", action: "Wait.", retryAfterMs: null };
const REJECTED = { kind: "rejected" as const, code: "listing_failed", message: "No.", action: "Repair it." };

let t: Deployment;
let nora: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: START, toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const alerts = () => t.run((ctx) => ctx.db.query("alerts").collect());
const openKinds = async () => (await alerts()).filter(({ closedAt }) => closedAt === null).map(({ kind }) => kind);
const processing = async (more: Parameters<typeof jobOf>[2] = {}) => ({ jobId: await jobOf(t, nora, { status: "processing", ...more }), leaseId: "lease" });
const aboutAccount = () => ({ calendarId: null, dedupeKey: `connection:${nora.connectionId}` });

describe("an incident", () => {
  it("is one alert, however often it is noticed, and a second one when it happens again", async () => {
    const incident = { key: "queue_depth:deployment", kind: "queue_depth" as const, severity: "warning" as const, owner: null, subject: null, message: "Many." };
    await t.run(async (ctx) => {
      await openAlert(ctx, incident);
      await openAlert(ctx, { ...incident, message: "Even more." });
      await closeAlert(ctx, incident.key);
      await closeAlert(ctx, incident.key);
      await openAlert(ctx, incident);
    });
    expect((await alerts()).map(({ message, closedAt }) => [message, closedAt === null])).toEqual([
      ["Many.", false],
      ["Many.", true],
    ]);
  });
});

describe("alerts from jobs", () => {
  it("a refused sign-in opens one, with an entry in the audit log, and only a reconnect closes it", async () => {
    await t.mutation(internal.sync.complete.fail, { ...(await processing()), failure: REVOKED });
    await t.mutation(internal.sync.complete.fail, { ...(await processing({ dedupeKey: "another" })), failure: REVOKED });
    expect((await openKinds()).sort()).toEqual(["authentication", "dead_job"]);
    const log = await t.run((ctx) => ctx.db.query("auditLog").collect());
    expect(log).toMatchObject([{ action: "token_refresh_failed", outcome: "failed", detail: "wrong_password", actorUserId: null, ownerUserId: nora.ownerUserId }]);
    await t.mutation(internal.sync.complete.succeed, { ...(await processing(aboutAccount())), result: { ...DONE, syncType: "list" } });
    await t.mutation(internal.sync.complete.fail, { ...(await processing(aboutAccount())), failure: UNAVAILABLE });
    expect((await openKinds()).sort()).toEqual(["authentication", "dead_job"]);
    const state = () => t.run((ctx) => ctx.db.query("connectionState").first());
    expect(await state()).toMatchObject({ status: "reconnect_required", reason: { code: "wrong_password" } });
    await t.mutation(internal.connections.activation.activate, { providerConfigId: nora.connectionId, field: "password", envelope: `v1.k1.${"A".repeat(16)}.${"A".repeat(48)}` });
    expect(await state()).toMatchObject({ status: "active", reason: null });
    expect(await openKinds()).toEqual(["dead_job"]);
  });

  it("a dead letter opens one, and a later success of the same work makes it good", async () => {
    const dead = await processing();
    await t.mutation(internal.sync.complete.fail, { ...dead, failure: REJECTED });
    expect(await openKinds()).toEqual(["dead_job"]);
    await t.mutation(internal.sync.complete.succeed, { ...(await processing()), result: DONE });
    expect(await openKinds()).toEqual([]);
    expect(await t.run((ctx) => ctx.db.get(dead.jobId))).toMatchObject({ status: "cancelled", error: { code: "listing_failed" } });
  });

  it("a worker that is lost for good opens one, too", async () => {
    await jobOf(t, nora, { status: "processing", attempt: 5, leaseExpiresAt: START - 1 });
    await t.action(internal.sync.sweep.sweep, {});
    expect(await openKinds()).toEqual(["dead_job"]);
  });

  it("a held run opens one that its release and success close", async () => {
    await t.mutation(internal.calendars.held.hold, { ...(await processing()), deletions: 90, known: 100 });
    const [held] = await alerts();
    expect(held).toMatchObject({ kind: "held_run", severity: "critical", message: "90 deletions in a calendar of nora@dav.example.com wait for a person." });
    await nora.as.mutation(api.calendars.held.release, { calendarId: nora.calendarId });
    await t.mutation(internal.sync.complete.succeed, { ...(await processing({ dedupeKey: "x" })), result: DONE });
    expect(await openKinds()).toEqual([]);
    expect(await t.run(async (ctx) => (await ctx.db.query("auditLog").collect()).map(({ action }) => action))).toEqual(["held_run_released"]);
  });

  it("a held run keeps its alert while its channel is renewed", async () => {
    await t.mutation(internal.calendars.held.hold, { ...(await processing()), deletions: 90, known: 100 });
    const renewal = await processing({ type: "renew_subscription", dedupeKey: `watch:calendar:${nora.calendarId}` });
    await t.mutation(internal.sync.complete.succeed, { ...renewal, result: { ...DONE, syncType: "channel" } });
    expect(await openKinds()).toEqual(["held_run"]);
  });

  it("a held run that is let through while another one is on its way stays let through", async () => {
    const released = async () => (await t.run((ctx) => ctx.db.query("calendarSyncState").first()))?.releasedDeletions;
    await t.mutation(internal.calendars.held.hold, { ...(await processing()), deletions: 90, known: 100 });
    await nora.as.mutation(api.calendars.held.release, { calendarId: nora.calendarId });
    await t.mutation(internal.calendars.held.hold, { ...(await processing({ dedupeKey: "x" })), deletions: 90, known: 100 });
    expect(await released()).toBe(90);
    await t.mutation(internal.calendars.held.hold, { ...(await processing({ dedupeKey: "y" })), deletions: 95, known: 100 });
    expect(await released()).toBeNull();
  });

  it("an account that is disconnected has none", async () => {
    await t.mutation(internal.sync.complete.fail, { ...(await processing()), failure: REVOKED });
    await t.mutation(internal.calendars.held.hold, { ...(await processing({ dedupeKey: "x" })), deletions: 90, known: 100 });
    expect(await openKinds()).toHaveLength(3);
    await nora.as.mutation(api.connections.manage.disconnect, { connectionId: nora.connectionId });
    await t.finishAllScheduledFunctions(() => vi.runAllTimers());
    expect(await openKinds()).toEqual([]);
  });
});

describe("alerts from figures", () => {
  const tick = async () => await t.action(internal.monitoring.tick.run, {});

  it("open and close with the queue", async () => {
    vi.stubEnv("ALERT_QUEUE_DEPTH", "3");
    const waiting: Awaited<ReturnType<typeof jobOf>>[] = [];
    for (let index = 0; index < 3; index += 1) waiting.push(await jobOf(t, nora, { status: "pending", dedupeKey: `${index}` }));
    await tick();
    await tick();
    expect(await openKinds()).toEqual(["queue_depth"]);
    vi.setSystemTime(START + 700_000);
    await tick();
    expect((await openKinds()).sort()).toEqual(["oldest_job", "queue_depth"]);
    await t.run(async (ctx) => {
      for (const jobId of waiting) await ctx.db.delete(jobId);
    });
    await tick();
    expect(await openKinds()).toEqual([]);
    expect(await alerts()).toHaveLength(2);
  });

  it("open when many runs of a provider fail, and close when they have stopped", async () => {
    const failure = { ...REJECTED, kind: "unavailable" as const, retryAfterMs: null };
    for (let index = 0; index < 10; index += 1) {
      const lease = await processing({ dedupeKey: `run ${index}` });
      if (index < 2) await t.mutation(internal.sync.complete.fail, { ...lease, failure });
      else await t.mutation(internal.sync.complete.succeed, { ...lease, result: DONE });
    }
    vi.setSystemTime(START + 60_000);
    await tick();
    expect((await alerts()).map(({ message }) => message)).toEqual(["CalDAV: 20 % of 10 runs failed within 15 minutes."]);
    await t.run(async (ctx) => {
      for (const row of await ctx.db.query("syncJobs").collect()) await ctx.db.delete(row._id);
    });
    vi.setSystemTime(START + 17 * 60_000);
    await tick();
    expect(await openKinds()).toEqual([]);
  });

  it("open when an account falls behind, unless it waits for its owner", async () => {
    vi.setSystemTime(START + 2 * 3_600_000);
    await tick();
    expect((await alerts()).map(({ kind, message }) => [kind, message])).toEqual([["sync_lag", "A calendar of nora@dav.example.com is 1 h late."]]);
    await t.run(async (ctx) => {
      const state = await ctx.db.query("connectionState").first();
      if (state) await ctx.db.patch(state._id, { status: "paused" });
    });
    await tick();
    expect(await openKinds()).toEqual([]);
  });
});

describe("an account that nobody could read for long", () => {
  const tick = async () => await t.action(internal.monitoring.tick.run, {});
  const ask = () => t.run((ctx) => enqueue(ctx, { orgId: nora.orgId, providerConfigId: nora.connectionId, calendarId: null, type: "refresh_calendar_list", priority: "low" }));

  it("is not said to be behind while it is being read, but if that does not come to its end", async () => {
    vi.setSystemTime(START + 8 * 3_600_000);
    await ask();
    await tick();
    expect(await openKinds()).toEqual([]);
    vi.setSystemTime(START + 8 * 3_600_000 + 6 * 60_000);
    await tick();
    expect(await openKinds()).toEqual(["sync_lag"]);
  });

  it("stays behind while it is read anew", async () => {
    vi.setSystemTime(START + 8 * 3_600_000);
    await tick();
    await ask();
    await tick();
    expect(await openKinds()).toEqual(["sync_lag"]);
  });
});

describe("acknowledging", () => {
  it("takes an alert off the badge and keeps it open", async () => {
    await t.mutation(internal.sync.complete.fail, { ...(await processing()), failure: REJECTED });
    expect(await nora.as.query(api.monitoring.alerts.list.count, {})).toBe(1);
    const [alert] = await nora.as.query(api.monitoring.alerts.list.open, { scope: "own" });
    await nora.as.mutation(api.monitoring.alerts.list.acknowledge, { scope: "own", alertId: alert?.alertId ?? "" });
    expect(await nora.as.query(api.monitoring.alerts.list.count, {})).toBe(0);
    expect(await openKinds()).toEqual(["dead_job"]);
    const ana = await somebodyMonitored(t, "ana");
    expect(await refusal(ana.as.mutation(api.monitoring.alerts.list.acknowledge, { scope: "own", alertId: alert?.alertId ?? "" }))).toBe("not_found");
    expect(await refusal(nora.as.mutation(api.monitoring.alerts.list.acknowledge, { scope: "own", alertId: "gone" }))).toBe("not_found");
  });
});

describe("the receiver of alerts", () => {
  const notices = () => t.run((ctx) => ctx.db.query("alertNotices").collect());
  const take = () => t.mutation(internal.monitoring.alerts.notices.take, {});
  const settle = async (taken: Awaited<ReturnType<typeof take>>, delivered: boolean) =>
    await t.mutation(internal.monitoring.alerts.notices.settle, { noticeIds: taken.map(({ noticeId }) => noticeId), delivered });
  const flood = async (count: number, from = 0) =>
    await t.run(async (ctx) => {
      for (let index = from; index < from + count; index += 1) {
        await openAlert(ctx, { key: `dead_job:${index}`, kind: "dead_job", severity: "warning", owner: null, subject: null, message: `Work ${index}.` });
      }
    });

  beforeEach(() => vi.stubEnv("ALERT_WEBHOOK_URL", "http://127.0.0.1:9/never-called"));

  it("is told nothing where there is none", async () => {
    vi.stubEnv("ALERT_WEBHOOK_URL", "");
    await flood(3);
    expect(await notices()).toEqual([]);
  });

  it("is told of a flood in one message, and of one that goes on once a minute", async () => {
    await flood(200);
    vi.setSystemTime(START + 5_000);
    const first = await take();
    expect(first).toHaveLength(200);
    expect(await take()).toEqual([]);
    await settle(first, true);
    await flood(50, 200);
    vi.setSystemTime(START + 20_000);
    expect(await take()).toEqual([]);
    vi.setSystemTime(START + 65_000);
    expect(await take()).toHaveLength(50);
  });

  it("is told again later where it failed, less and less often, and given up in the end", async () => {
    await flood(1);
    const pauses: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      const [row] = await notices();
      pauses.push(Math.round(((row?.dueAt ?? 0) - Date.now()) / 60_000));
      vi.setSystemTime(row?.dueAt ?? 0);
      const taken = await take();
      expect(taken).toHaveLength(1);
      await settle(taken, false);
    }
    expect(await notices()).toMatchObject([{ state: "given_up", attempt: 8 }]);
    expect(pauses.slice(0, 4)).toEqual([0, 1, 2, 4]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30);
  });

  it("is told by somebody else where the one who was to tell it died", async () => {
    await flood(1);
    vi.setSystemTime(START + 5_000);
    expect(await take()).toHaveLength(1);
    vi.setSystemTime(START + 60_000);
    expect(await take()).toEqual([]);
    vi.setSystemTime(START + 130_000);
    expect(await take()).toHaveLength(1);
  });

  it("gets a real message, and one that answers 500 delays nothing but the next one", async () => {
    vi.useRealTimers();
    vi.stubEnv("ALLOW_PRIVATE_ADDRESSES", "1");
    let status = 500;
    const bodies: string[] = [];
    const server: Server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => (bodies.push(body), response.writeHead(status).end()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    vi.stubEnv("ALERT_WEBHOOK_URL", `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`);
    await flood(2);
    const dueNow = async () =>
      await t.run(async (ctx) => {
        for (const row of await ctx.db.query("alertNotices").collect()) if (row.state === "waiting") await ctx.db.patch(row._id, { dueAt: 0 });
      });
    await dueNow();
    await t.action(internal.monitoring.alerts.deliver.run, {});
    expect((await notices()).map(({ state }) => state)).toEqual(["waiting", "waiting"]);
    status = 200;
    await dueNow();
    await t.action(internal.monitoring.alerts.deliver.run, {});
    expect((await notices()).map(({ state }) => state)).toEqual(["sent", "sent"]);
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toContain("2 alerts opened");
    server.close();
  });
});
