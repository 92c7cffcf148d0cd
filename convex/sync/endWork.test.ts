import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { jobOf, newDeployment, somebodyMonitored, type Deployment, type Monitored } from "../../tests/support/monitored";

let t: Deployment;
let nora: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9) });
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
  await t.run((ctx) => ctx.db.insert("syncTokens", { orgId: nora.orgId, calendarId: nora.calendarId, cursor: "c", pageToken: null, done: 0, complete: true }));
});
afterEach(() => void vi.useRealTimers());

const list = () => jobOf(t, nora, { status: "processing", type: "refresh_calendar_list", calendarId: null, dedupeKey: `connection:${nora.connectionId}` });
const statuses = () => t.run(async (ctx) => (await ctx.db.query("syncJobs").collect()).map(({ status }) => status));
const setStatus = (status: Doc<"connectionState">["status"]) =>
  t.run(async (ctx) => {
    const state = await ctx.db.query("connectionState").first();
    if (state !== null) await ctx.db.patch(state._id, { status });
  });

describe("an account that is paused while it syncs", () => {
  it("has nothing more read, whatever its runs still find", async () => {
    const lease = { jobId: await list(), leaseId: "lease" };
    const pull = { jobId: await jobOf(t, nora, { status: "processing" }), leaseId: "lease" };
    await nora.as.mutation(api.connections.manage.pause, { connectionId: nora.connectionId });
    const calendars = [{ remoteId: "/new/", name: "New", description: null, color: null, timeZone: null, accessRole: "owner" as const }];
    expect(await t.mutation(internal.calendars.discovery.apply, { ...lease, calendars })).toBe(false);
    await t.mutation(internal.sync.complete.yieldTurn, pull);
    expect(await statuses()).toEqual(["cancelled", "cancelled"]);
  });

  it("is read from where it was when it is resumed", async () => {
    await list();
    await nora.as.mutation(api.connections.manage.pause, { connectionId: nora.connectionId });
    await nora.as.mutation(api.connections.manage.resume, { connectionId: nora.connectionId });
    expect(await statuses()).toEqual(["cancelled", "pending"]);
  });
});

describe("a worker that finds nothing to do", () => {
  it.each(["paused", "reconnect_required", "disconnecting"] as const)("since the account is %s ends its job without a failure", async (status) => {
    const lease = { jobId: await jobOf(t, nora, { status: "processing" }), leaseId: "lease" };
    await setStatus(status);
    await t.action(internal.sync.worker.run, lease);
    expect(await t.run((ctx) => ctx.db.get(lease.jobId))).toMatchObject({ status: "cancelled", attempt: 0, error: null, leaseId: null });
  });

  it("since its calendar is gone ends its job without a failure", async () => {
    const lease = { jobId: await jobOf(t, nora, { status: "processing" }), leaseId: "lease" };
    await t.run((ctx) => ctx.db.delete(nora.calendarId));
    await t.action(internal.sync.worker.run, lease);
    expect(await statuses()).toEqual(["cancelled"]);
  });

  it("since another one has the lease by now changes nothing", async () => {
    const lease = { jobId: await jobOf(t, nora, { status: "processing" }), leaseId: "an older lease" };
    await t.action(internal.sync.worker.run, lease);
    expect(await statuses()).toEqual(["processing"]);
  });
});
