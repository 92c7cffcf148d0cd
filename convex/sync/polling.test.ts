import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../_generated/api";
import { calendarRow } from "../../tests/support/rows";
import { newDeployment, somebodyMonitored, type Deployment, type Monitored } from "../../tests/support/monitored";
import { addWatch } from "../webhooks/watches";

const MINUTE = 60_000;
const MANY = 120;

let t: Deployment;
let nora: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9) });
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Everything that was begun at once is done; what is scheduled for later is not. */
async function settle(): Promise<void> {
  for (let step = 0; step < 5; step += 1) {
    vi.advanceTimersByTime(0);
    await t.finishInProgressScheduledFunctions();
  }
}

const asked = async () => (await t.run((ctx) => ctx.db.query("syncJobs").collect())).length;

describe("one minute's look", () => {
  it("asks for all connections that are due, however many they are", async () => {
    await t.run(async (ctx) => {
      for (let index = 0; index < MANY; index += 1) {
        const account = { orgId: nora.orgId, ownerUserId: nora.ownerUserId, provider: "caldav", account: `${index}`, serverUrl: "https://dav.example.com/" };
        const providerConfigId = await ctx.db.insert("providerConfigs", account);
        await ctx.db.insert("connectionState", { orgId: nora.orgId, providerConfigId, status: "active", reason: null, nextSyncAt: Date.now() - 1 });
      }
    });
    await t.mutation(internal.sync.polling.tick, {});
    await settle();
    expect(await asked()).toBe(MANY);
  });

  it("asks for all calendars that are due to be polled, and turns all notifications off at once", async () => {
    await t.run(async (ctx) => {
      const account = { orgId: nora.orgId, ownerUserId: nora.ownerUserId, provider: "google" };
      for (let index = 0; index < MANY; index += 1) {
        const whose = { orgId: nora.orgId, ownerUserId: nora.ownerUserId, providerConfigId: nora.connectionId };
        const calendarId = await ctx.db.insert("calendars", calendarRow(whose, { remoteId: `${index}` }));
        await addWatch(ctx, { _id: nora.connectionId, ...account }, calendarId);
      }
      for (const watch of await ctx.db.query("calendarWatches").collect()) await ctx.db.patch(watch._id, { mode: "webhook", dueAt: Date.now() + MINUTE });
    });
    vi.stubEnv("SYNC_POLLING_ONLY", "1");
    await t.mutation(internal.webhooks.schedule.tick, {});
    await settle();
    const modes = await t.run(async (ctx) => (await ctx.db.query("calendarWatches").collect()).map(({ mode }) => mode));
    expect(modes).toEqual(Array(MANY).fill("polling"));
    expect(await asked()).toBe(MANY);
  });
});
