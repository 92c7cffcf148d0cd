import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../_generated/api";
import { jobOf, newDeployment, refusal, somebodyMonitored, type Deployment, type Monitored } from "../../../tests/support/monitored";

const OPEN = { status: null, type: null, provider: null };
const firstPage = (numItems = 50) => ({ paginationOpts: { numItems, cursor: null } });

let t: Deployment;
let nora: Monitored;
let ana: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9) });
  vi.stubEnv("OPERATOR_EMAILS", "Ops@example.com, second@example.com");
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
  ana = await somebodyMonitored(t, "ana");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const job = (id: Awaited<ReturnType<typeof jobOf>>) => t.run((ctx) => ctx.db.get(id));
const waiting = () => t.run(async (ctx) => (await ctx.db.query("syncJobs").collect()).filter((row) => row.waiting));
const failed = () =>
  t.run(async (ctx) => (await ctx.db.query("syncJobs").collect()).filter((row) => row.status === "failed").map(({ _id }) => _id));
const openAlerts = () => t.run(async (ctx) => (await ctx.db.query("alerts").collect()).filter((row) => row.closedAt === null));
const audited = () => t.run(async (ctx) => (await ctx.db.query("auditLog").collect()).map(({ action }) => action));

describe("the list of jobs", () => {
  it("has one's own, the newest first, and narrows by status, type and provider together", async () => {
    await jobOf(t, nora, { type: "full_sync" });
    await jobOf(t, nora, { status: "completed" });
    const last = await jobOf(t, nora, { type: "full_sync", status: "pending" });
    await jobOf(t, ana, { type: "full_sync" });
    const rows = async (filter: Partial<typeof OPEN> | object) =>
      (await nora.as.query(api.monitoring.jobs.list.list, { scope: "own", ...OPEN, ...filter, ...firstPage() })).page;
    const all = await rows({});
    expect(all.map(({ status }) => status)).toEqual(["pending", "completed", "failed"]);
    expect(all[0]).toMatchObject({ jobId: last, calendarName: "Work of nora", connectionLabel: "nora@dav.example.com", providerLabel: "CalDAV" });
    expect(await rows({ status: "failed" })).toHaveLength(1);
    expect(await rows({ type: "full_sync" })).toHaveLength(2);
    expect(await rows({ type: "full_sync", status: "failed" })).toHaveLength(1);
    expect(await rows({ provider: "caldav", status: "completed" })).toHaveLength(1);
    expect(await rows({ provider: "google" })).toHaveLength(0);
    expect(await rows({ provider: "google", type: "full_sync" })).toHaveLength(0);
  });

  it("comes in pages that a client cannot make larger than 200", async () => {
    for (let index = 0; index < 230; index += 1) await jobOf(t, nora, { status: "completed" });
    const page = await nora.as.query(api.monitoring.jobs.list.list, { scope: "own", ...OPEN, ...firstPage(100_000) });
    expect(page.page).toHaveLength(200);
    expect(page.isDone).toBe(false);
    const rest = await nora.as.query(api.monitoring.jobs.list.list, {
      scope: "own",
      ...OPEN,
      paginationOpts: { numItems: 200, cursor: page.continueCursor },
    });
    expect(rest.page).toHaveLength(30);
  });

  it("has everybody's for operators, without the names of their calendars, and nothing for anybody else", async () => {
    await jobOf(t, nora);
    await jobOf(t, ana);
    const ops = await somebodyMonitored(t, "ops");
    const everything = { scope: "deployment" as const, ...OPEN, ...firstPage() };
    const { page } = await ops.as.query(api.monitoring.jobs.list.list, everything);
    expect(page.map(({ connectionLabel }) => connectionLabel)).toEqual(["ana@dav.example.com", "nora@dav.example.com"]);
    expect(page.map(({ calendarName }) => calendarName)).toEqual([null, null]);
    expect((await nora.as.query(api.monitoring.jobs.list.list, everything)).page).toEqual([]);
  });
});

describe("a deep link to a job", () => {
  it("that is gone, somebody else's, of another table or no id at all finds nothing", async () => {
    const gone = await jobOf(t, nora);
    await t.run((ctx) => ctx.db.delete(gone));
    const links = [gone, await jobOf(t, ana), nora.calendarId, "", "../../etc/passwd"];
    for (const jobId of links) {
      expect(await nora.as.query(api.monitoring.jobs.inspect.get, { scope: "own", jobId })).toBeNull();
      expect(await refusal(nora.as.mutation(api.monitoring.jobs.decide.retry, { scope: "own", jobId }))).toBe("not_found");
    }
    const mine = await jobOf(t, nora);
    expect(await nora.as.query(api.monitoring.jobs.inspect.get, { scope: "own", jobId: mine })).toMatchObject({ errorCode: "server_error", canRetry: true });
  });

  it("that is done says what it did and what that cost, also where its calls were not counted yet", async () => {
    const counts = { syncType: "full" as const, upserted: 3, unchanged: 1, deleted: 0, unreadable: 0 };
    for (const result of [{ ...counts, apiCalls: 2, callMs: 41.5 }, counts]) {
      const done = await jobOf(t, nora, { status: "completed", result });
      expect(await nora.as.query(api.monitoring.jobs.inspect.get, { scope: "own", jobId: done })).toMatchObject({ status: "completed", result });
    }
  });
});

describe("a dead letter", () => {
  it("that is swept when it is old takes the alert with it, the last one of its account", async () => {
    const failure = { kind: "rejected" as const, code: "listing_failed", message: "No.", action: "Repair it." };
    const die = async (dedupeKey: string) => {
      const lease = { jobId: await jobOf(t, nora, { status: "processing", dedupeKey }), leaseId: "lease" };
      await t.mutation(internal.sync.complete.fail, { ...lease, failure });
    };
    await die("calendar:x");
    vi.setSystemTime(Date.now() + 50 * 24 * 60 * 60_000);
    await die("calendar:y");
    vi.setSystemTime(Date.now() + 41 * 24 * 60 * 60_000);
    await t.mutation(internal.sync.retention.sweep, {});
    expect([(await failed()).length, (await openAlerts()).length]).toEqual([1, 1]);
    vi.setSystemTime(Date.now() + 50 * 24 * 60 * 60_000);
    await t.mutation(internal.sync.retention.sweep, {});
    expect([(await failed()).length, (await openAlerts()).length]).toEqual([0, 0]);
  });

  it("that is retried leaves the list, and its work waits anew", async () => {
    const dead = await jobOf(t, nora, { type: "full_sync" });
    await nora.as.mutation(api.monitoring.jobs.decide.retry, { scope: "own", jobId: dead });
    expect(await job(dead)).toMatchObject({ status: "cancelled", error: { code: "server_error" } });
    expect(await waiting()).toMatchObject([{ type: "full_sync", attempt: 0, calendarId: nora.calendarId, priority: "critical" }]);
    expect(await audited()).toEqual(["job_retried"]);
    expect(await refusal(nora.as.mutation(api.monitoring.jobs.decide.retry, { scope: "own", jobId: dead }))).toBe("not_a_dead_letter");
  });

  it("joins the same work where that waits already", async () => {
    await jobOf(t, nora, { status: "pending" });
    const dead = await jobOf(t, nora);
    await nora.as.mutation(api.monitoring.jobs.decide.retry, { scope: "own", jobId: dead });
    expect(await waiting()).toHaveLength(1);
  });

  it("of an account that has to be reconnected says so, and stays", async () => {
    const dead = await jobOf(t, nora);
    await t.run(async (ctx) => {
      const state = await ctx.db.query("connectionState").first();
      if (state) await ctx.db.patch(state._id, { status: "reconnect_required" });
    });
    expect(await refusal(nora.as.mutation(api.monitoring.jobs.decide.retry, { scope: "own", jobId: dead }))).toBe("not_connected");
    expect(await job(dead)).toMatchObject({ status: "failed" });
    expect(await audited()).toEqual([]);
  });

  it("that is discarded is not done again", async () => {
    const dead = await jobOf(t, nora);
    await nora.as.mutation(api.monitoring.jobs.decide.remove, { scope: "own", jobId: dead });
    expect(await job(dead)).toMatchObject({ status: "cancelled" });
    expect(await waiting()).toEqual([]);
    expect(await audited()).toEqual(["job_discarded"]);
  });

  it("is an operator's to retry, too, and nobody else's", async () => {
    const dead = await jobOf(t, nora);
    const wanted = { scope: "deployment" as const, jobId: dead };
    expect(await refusal(ana.as.mutation(api.monitoring.jobs.decide.retry, wanted))).toBe("forbidden");
    const ops = await somebodyMonitored(t, "ops");
    expect(await refusal(ops.as.mutation(api.monitoring.jobs.decide.retry, { ...wanted, scope: "own" }))).toBe("not_found");
    await ops.as.mutation(api.monitoring.jobs.decide.retry, wanted);
    expect(await waiting()).toHaveLength(1);
  });
});

describe("all dead letters", () => {
  it("are retried, one's own only, and the same work once", async () => {
    for (let index = 0; index < 3; index += 1) await jobOf(t, nora);
    const foreign = await jobOf(t, ana);
    await nora.as.mutation(api.monitoring.jobs.decideAll.retryAll, { scope: "own", type: null, provider: null });
    expect(await waiting()).toMatchObject([{ ownerUserId: nora.ownerUserId, priority: "medium" }]);
    expect(await failed()).toEqual([foreign]);
    expect(await audited()).toEqual(["dead_letters_retried"]);
  });

  it("are discarded step by step, however many there are", async () => {
    for (let index = 0; index < 250; index += 1) await jobOf(t, nora);
    const foreign = await jobOf(t, ana);
    await nora.as.mutation(api.monitoring.jobs.decideAll.discardAll, { scope: "own", type: null, provider: null });
    expect(await failed()).toHaveLength(151);
    await t.finishAllScheduledFunctions(() => vi.runAllTimers());
    expect(await failed()).toEqual([foreign]);
  });

  it("of one type are discarded, and the others stay", async () => {
    await jobOf(t, nora, { type: "full_sync" });
    const other = await jobOf(t, nora, { type: "push_event" });
    await nora.as.mutation(api.monitoring.jobs.decideAll.discardAll, { scope: "own", type: "full_sync", provider: null });
    expect(await failed()).toEqual([other]);
  });

  it("of an account that needs its owner stay, and do not keep the work from ending", async () => {
    await t.run(async (ctx) => {
      const state = await ctx.db.query("connectionState").first();
      if (state) await ctx.db.patch(state._id, { status: "paused" });
    });
    for (let index = 0; index < 150; index += 1) await jobOf(t, nora);
    await nora.as.mutation(api.monitoring.jobs.decideAll.retryAll, { scope: "own", type: null, provider: null });
    await t.finishAllScheduledFunctions(() => vi.runAllTimers());
    expect(await waiting()).toEqual([]);
  });
});

describe("a job that waits", () => {
  it("can be cancelled; one that runs or is over cannot", async () => {
    const pending = await jobOf(t, nora, { status: "retry" });
    await nora.as.mutation(api.monitoring.jobs.decide.cancel, { scope: "own", jobId: pending });
    expect(await job(pending)).toMatchObject({ status: "cancelled", waiting: false });
    expect(await audited()).toEqual(["job_cancelled"]);
    for (const status of ["processing", "completed", "failed", "cancelled"] as const) {
      const jobId = await jobOf(t, nora, { status });
      expect(await refusal(nora.as.mutation(api.monitoring.jobs.decide.cancel, { scope: "own", jobId }))).toBe("not_waiting");
    }
  });
});

it("the last dead letter of an account takes its alert along", async () => {
  const [first, second] = [await jobOf(t, nora), await jobOf(t, nora)];
  await t.run((ctx) =>
    ctx.db.insert("alerts", {
      key: `dead_job:${nora.connectionId}`,
      kind: "dead_job",
      severity: "warning",
      orgId: nora.orgId,
      ownerUserId: nora.ownerUserId,
      subject: null,
      message: "Work was given up.",
      openedAt: 1,
      closedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
    }),
  );
  await nora.as.mutation(api.monitoring.jobs.decide.remove, { scope: "own", jobId: first });
  expect(await openAlerts()).toHaveLength(1);
  await nora.as.mutation(api.monitoring.jobs.decide.retry, { scope: "own", jobId: second });
  expect(await openAlerts()).toHaveLength(0);
});
