import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../_generated/api";
import { incidentKey } from "../../lib/monitoring/alert-kinds";
import { calendarRow } from "../../tests/support/rows";
import { jobOf, newDeployment, somebodyMonitored, type Deployment, type Monitored } from "../../tests/support/monitored";
import { openAlert } from "../monitoring/alerts/incidents";
import { workKeys } from "../sync/endWork";
import { removeCalendar } from "./removal";

let t: Deployment;
let nora: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9) });
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
});
afterEach(() => void vi.useRealTimers());

const calendar = () => ({ providerConfigId: nora.connectionId, calendarId: nora.calendarId });
const statuses = () => t.run(async (ctx) => (await ctx.db.query("syncJobs").collect()).map(({ status }) => status));
const openAlerts = () => t.run(async (ctx) => (await ctx.db.query("alerts").collect()).filter((row) => row.closedAt === null).length);
const remove = () => t.run((ctx) => removeCalendar(ctx, { _id: nora.calendarId, providerConfigId: nora.connectionId }));

describe("a calendar that is gone", () => {
  it("takes with it what waits and what runs, and its dead letters with their alert", async () => {
    const [, watching] = workKeys(calendar());
    await jobOf(t, nora, { status: "pending" });
    await jobOf(t, nora, { status: "retry" });
    const running = await jobOf(t, nora, { status: "processing" });
    await jobOf(t, nora, { status: "pending", type: "renew_subscription", dedupeKey: watching });
    await jobOf(t, nora);
    await t.run((ctx) =>
      openAlert(ctx, { key: incidentKey("dead_job", nora.connectionId), kind: "dead_job", severity: "warning", owner: nora, subject: null, message: "Given up." }),
    );
    await remove();
    expect(new Set(await statuses())).toEqual(new Set(["cancelled"]));
    expect(await openAlerts()).toBe(0);
    const row = await t.run((ctx) => ctx.db.get(running));
    expect(row).toMatchObject({ leaseId: null, turnEndedAt: Date.now() });
    // Its worker, which comes late, begins to look after nothing.
    await t.mutation(internal.sync.complete.succeed, {
      jobId: running,
      leaseId: "lease",
      result: { syncType: "polling", upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 },
    });
    expect(await t.run((ctx) => ctx.db.query("calendarWatches").collect())).toEqual([]);
  });

  it("leaves other calendars' work and dead letters, and their alert", async () => {
    await jobOf(t, nora, { status: "pending", dedupeKey: "calendar:another", calendarId: null });
    await jobOf(t, nora, { dedupeKey: "calendar:another", calendarId: null });
    await t.run((ctx) =>
      openAlert(ctx, { key: incidentKey("dead_job", nora.connectionId), kind: "dead_job", severity: "warning", owner: nora, subject: null, message: "Given up." }),
    );
    await remove();
    expect(await statuses()).toEqual(["pending", "failed"]);
    expect(await openAlerts()).toBe(1);
  });
});

describe("very many calendars", () => {
  const MANY = 120;
  const calendars = async () => (await t.run((ctx) => ctx.db.query("calendars").collect())).length;
  const addMany = () =>
    t.run(async (ctx) => {
      const { orgId, ownerUserId, connectionId: providerConfigId } = nora;
      for (let index = 0; index < MANY; index += 1) await ctx.db.insert("calendars", calendarRow({ orgId, ownerUserId, providerConfigId }, { remoteId: `/${index}/` }));
    });

  it("that are gone from their list go a bounded number at a time", async () => {
    await addMany();
    const remote = { name: "Work", description: null, color: null, timeZone: null, accessRole: "owner" as const };
    const read = async () => {
      const lease = { jobId: await jobOf(t, nora, { status: "processing", calendarId: null, dedupeKey: `connection:${nora.connectionId}` }), leaseId: "lease" };
      await t.mutation(internal.calendars.discovery.apply, { ...lease, calendars: [{ remoteId: "/work/", ...remote }] });
    };
    await t.run((ctx) => ctx.db.insert("syncTokens", { orgId: nora.orgId, calendarId: nora.calendarId, cursor: null, pageToken: null, done: 0, complete: true }));
    await read();
    expect(await calendars()).toBe(MANY - 100 + 1);
    await read();
    expect(await calendars()).toBe(1);
  });

  it("of an account that is disconnected go step by step, and the account with the last of them", async () => {
    await addMany();
    await nora.as.mutation(api.connections.manage.disconnect, { connectionId: nora.connectionId });
    await t.finishAllScheduledFunctions(() => vi.runAllTimers());
    expect(await calendars()).toBe(0);
    expect(await t.run((ctx) => ctx.db.query("providerConfigs").collect())).toEqual([]);
  });
});
