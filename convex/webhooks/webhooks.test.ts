import { convexTest, type TestConvex } from "convex-test";
import type { FunctionArgs } from "convex/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import schema from "../schema";
import { sha256Hex } from "../../lib/security/sha256";
import { convexModules } from "../../tests/support/convex-modules";
import { calendarRow, syncStateRow } from "../../tests/support/rows";
import { enqueue } from "../sync/enqueue";
import type { Lease } from "../sync/lease";
import { notificationFacts } from "../monitoring/facts";
import { rewatch } from "./watches";

const START = Date.UTC(2026, 2, 10, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SECRET = "a server secret of at least 32 bytes";
const TOKEN = "the token of the channel";
const DONE = { syncType: "webhook" as const, upserted: 0, unchanged: 0, deleted: 0, unreadable: 0 };
const OUT_OF_ORDER = { code: "server_error", message: "The provider cannot.", action: "Wait." };

type JobType = Doc<"syncJobs">["type"];
type Notification = FunctionArgs<typeof api.webhooks.notify.receive>["notifications"][number];

/** One account of a provider that can push, with one calendar that has been read once. */
class World {
  private constructor(
    readonly t: TestConvex<typeof schema>,
    readonly providerConfigId: Id<"providerConfigs">,
    readonly calendarId: Id<"calendars">,
    readonly orgId: Id<"organizations">,
  ) {}

  static async make(): Promise<World> {
    const t = convexTest(schema, convexModules);
    const ids = await t.run(async (ctx) => {
      const orgId = await ctx.db.insert("organizations", { name: "Nora" });
      const person = { tokenIdentifier: "issuer|nora", subject: "nora", email: "nora@example.com", name: "Nora" };
      const ownerUserId = await ctx.db.insert("users", person);
      const account = { orgId, ownerUserId, provider: "google", account: "nora@example.com", serverUrl: "" };
      const providerConfigId = await ctx.db.insert("providerConfigs", account);
      await ctx.db.insert("connectionState", { orgId, providerConfigId, status: "active", reason: null, nextSyncAt: null });
      const calendarId = await ctx.db.insert("calendars", calendarRow({ orgId, ownerUserId, providerConfigId }, { remoteId: "work" }));
      await ctx.db.insert("syncTokens", { orgId, calendarId, cursor: "c", pageToken: null, done: 0, complete: true });
      return { providerConfigId, calendarId, orgId };
    });
    const world = new World(t, ids.providerConfigId, ids.calendarId, ids.orgId);
    await world.succeed(await world.claim("full_sync"));
    return world;
  }

  /** Asks for work and claims it, as a worker that was just started would find it. */
  async claim(type: JobType, calendarId: Id<"calendars"> | null = this.calendarId): Promise<Lease> {
    const { orgId, providerConfigId } = this;
    return await this.t.run(async (ctx) => {
      const { jobId } = await enqueue(ctx, { orgId, providerConfigId, calendarId, type, priority: "medium" });
      await ctx.db.patch(jobId, { status: "processing", waiting: false, leaseId: `lease ${jobId}`, type });
      return { jobId, leaseId: `lease ${jobId}` };
    });
  }

  async succeed(lease: Lease, changes = 0): Promise<void> {
    await this.t.mutation(internal.sync.complete.succeed, { ...lease, result: { ...DONE, upserted: changes } });
  }

  /** Opens a channel that lasts for a week; returns those to be stopped. */
  async watch(channelId: string, expiresAt: number | null = Date.now() + 7 * DAY) {
    const lease = await this.claim("renew_subscription");
    await this.t.mutation(internal.webhooks.channels.begin, { ...lease, channelId, tokenHash: await sha256Hex(TOKEN) });
    const resourceId = `resource of ${channelId}`;
    const replaced = await this.t.mutation(internal.webhooks.channels.confirm, { ...lease, channelId, resourceId, expiresAt });
    await this.succeed(lease);
    return replaced;
  }

  async failToWatch(reason: typeof OUT_OF_ORDER | null = OUT_OF_ORDER, tried = true): Promise<void> {
    const lease = await this.claim("renew_subscription");
    await this.t.mutation(internal.webhooks.channels.fail, { ...lease, channelId: null, reason, tried });
    await this.succeed(lease);
  }

  async notify(deliveryId: string, more: Partial<Notification> = {}) {
    const [outcome] = await this.notifyAll([{ deliveryId, ...more }]);
    return outcome;
  }

  async notifyAll(notifications: (Partial<Notification> & Pick<Notification, "deliveryId">)[]) {
    const usual = { provider: "google", channelId: "channel-1", token: TOKEN, tellsOfChange: true };
    const all = notifications.map((one) => ({ ...usual, ...one }));
    const outcomes = await this.t.mutation(api.webhooks.notify.receive, { secret: SECRET, notifications: all });
    await vi.advanceTimersByTimeAsync(0);
    await this.t.finishInProgressScheduledFunctions();
    return outcomes;
  }

  tick() {
    return this.t.mutation(internal.webhooks.schedule.tick, {});
  }

  async waiting(): Promise<string[]> {
    return (await this.rows("syncJobs")).filter((job) => job.waiting).map((job) => job.type);
  }

  async watchRow(): Promise<Doc<"calendarWatches">> {
    const [row] = await this.rows("calendarWatches");
    if (row === undefined) throw new Error("The calendar is not looked after.");
    return row;
  }

  rows<Table extends "syncJobs" | "calendarWatches" | "webhookSubscriptions" | "webhookNotifications" | "webhookRefusals">(table: Table): Promise<Doc<Table>[]> {
    return this.t.run(async (ctx) => (await ctx.db.query(table).collect()) as Doc<Table>[]);
  }

  /** Does what is due, as a dispatcher and a worker would that take no time. */
  async runWhatIsDue(): Promise<void> {
    const leases = await this.t.run(async (ctx) => {
      const due = (await ctx.db.query("syncJobs").collect()).filter((job) => job.waiting && job.scheduledAt <= Date.now());
      for (const { _id } of due) {
        await ctx.db.patch(_id, { status: "processing", waiting: false, leaseId: `lease ${_id}`, startedAt: Date.now() });
      }
      return due.map(({ _id }) => ({ jobId: _id, leaseId: `lease ${_id}` }));
    });
    for (const lease of leases) await this.succeed(lease);
  }

  async begunAt(): Promise<number[]> {
    return (await this.rows("syncJobs")).flatMap(({ startedAt }) => startedAt ?? []).sort((a, b) => a - b);
  }

  /** Ends whatever waits, so that the next expectation sees only what comes. */
  async clear(): Promise<void> {
    await this.t.run(async (ctx) => {
      for (const job of await ctx.db.query("syncJobs").collect()) if (job.waiting) await ctx.db.delete(job._id);
    });
  }
}

/** The clock moves on as it does in life: a minute at a time. */
async function pass(world: World, ms: number): Promise<void> {
  vi.setSystemTime(Date.now() + ms);
  await world.tick();
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  vi.stubEnv("LINEARTIME_SERVER_SECRET", SECRET);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe("a calendar of a provider that can push", () => {
  it("is polled until its channel is open, and asks for one after its first read", async () => {
    const world = await World.make();
    expect(await world.watchRow()).toMatchObject({ mode: "polling", readAt: START + 15 * MINUTE });
    expect(await world.waiting()).toEqual(["renew_subscription"]);
    await world.clear();
    await world.watch("channel-1");
    expect(await world.watchRow()).toMatchObject({ mode: "webhook", readAt: START + DAY, watchAt: START + Math.round(5.6 * DAY) });
    expect(await world.waiting()).toEqual(["incremental_sync"]);
  });

  it("is not said to be polled before anybody has tried to watch it", async () => {
    const world = await World.make();
    const { orgId, providerConfigId, calendarId } = world;
    await world.t.run(async (ctx) => {
      const owner = await ctx.db.query("users").first();
      if (owner === null) throw new Error("There is nobody.");
      await ctx.db.insert("memberships", { orgId, userId: owner._id, role: "owner" });
      await ctx.db.insert("calendarSyncState", syncStateRow({ orgId, ownerUserId: owner._id, providerConfigId, calendarId }));
    });
    const nora = world.t.withIdentity({ issuer: "issuer", subject: "nora", tokenIdentifier: "issuer|nora" });
    const arrival = async () => (await nora.query(api.calendars.states.list, {}))[0]?.arrival;
    expect(await arrival()).toBeNull();
    await world.failToWatch(null);
    expect(await arrival()).toEqual({ mode: "polling", reason: null, renewsAt: null });
    await world.watch("channel-1");
    expect(await arrival()).toMatchObject({ mode: "webhook", renewsAt: expect.any(Number) });
  });

  it("case 10: is polled and healthy where it cannot be watched", async () => {
    const world = await World.make();
    await world.clear();
    await world.failToWatch(null);
    expect(await world.watchRow()).toMatchObject({ mode: "polling", reason: null, unwatchable: true, failures: 0, watchAt: null });
    await pass(world, 16 * MINUTE);
    expect(await world.waiting()).toEqual(["polling_sync"]);
  });

  it("case 9: has its fresh channel stored before the old one is stopped, and calls of the old one have no effect", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    expect(await world.watch("channel-2")).toEqual([{ channelId: "channel-1", resourceId: "resource of channel-1" }]);
    expect((await world.rows("webhookSubscriptions")).map((row) => row.status)).toEqual(["replaced", "active"]);
    expect(await world.waiting()).toEqual([]);
    expect(await world.notify("7")).toBe("accepted");
    expect(await world.waiting()).toEqual([]);
    await world.t.mutation(internal.webhooks.channels.stopped, { channelIds: ["channel-1"] });
    expect(await world.notify("8")).toBe("accepted");
    expect(await world.waiting()).toEqual([]);
    expect(await world.notify("1", { channelId: "channel-2" })).toBe("accepted");
    expect(await world.waiting()).toEqual(["webhook_sync"]);
  });

  it("has its channel renewed when a fifth of its life is left", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    await pass(world, 5 * DAY);
    expect(await world.waiting()).not.toContain("renew_subscription");
    await world.clear();
    await pass(world, DAY);
    expect(await world.waiting()).toContain("renew_subscription");
  });

  it("case 8: is polled again when its channel ended and could not be renewed, and watched when it can", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await pass(world, 6 * DAY);
    await world.failToWatch();
    expect(await world.watchRow()).toMatchObject({ mode: "webhook", failures: 1, watchAt: Date.now() + 5 * MINUTE });
    await world.clear();
    await pass(world, DAY + MINUTE);
    expect(await world.watchRow()).toMatchObject({ mode: "polling" });
    expect(await world.waiting()).toEqual(expect.arrayContaining(["renew_subscription", "full_sync"]));
    await world.clear();
    await world.watch("channel-2");
    expect(await world.watchRow()).toMatchObject({ mode: "webhook", failures: 0 });
    expect(await world.waiting()).toEqual(["incremental_sync"]);
  });

  it("case 8: is watched anew when a look at it finds changes that nobody told of", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    await pass(world, DAY + MINUTE);
    expect(await world.waiting()).toEqual(["incremental_sync"]);
    await world.clear();
    await world.succeed(await world.claim("incremental_sync"), 1);
    expect(await world.waiting()).toEqual(["renew_subscription"]);
    await world.clear();
    expect(await world.watch("channel-2")).toEqual([{ channelId: "channel-1", resourceId: "resource of channel-1" }]);
    expect(await world.waiting()).toEqual(["incremental_sync"]);
  });

  it("is watched anew after a reconnect, and what happened until then is read", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    await world.t.run((ctx) => rewatch(ctx, world.providerConfigId));
    await pass(world, MINUTE);
    expect(await world.waiting()).toEqual(expect.arrayContaining(["renew_subscription", "polling_sync"]));
    await world.clear();
    expect(await world.watch("channel-2")).toEqual([{ channelId: "channel-1", resourceId: "resource of channel-1" }]);
    expect(await world.watchRow()).toMatchObject({ mode: "webhook" });
    expect(await world.waiting()).toEqual(["incremental_sync"]);
  });

  it("is not suspected when the notification of a change that a look found has just come", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await pass(world, DAY + MINUTE);
    await world.notify("5");
    await world.clear();
    await world.succeed(await world.claim("incremental_sync"), 1);
    expect(await world.waiting()).toEqual([]);
  });

  it("is looked at after six hours of silence where it is never silent for long, and once a day otherwise", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    for (let count = 0; count < 8; count += 1) {
      vi.setSystemTime(Date.now() + HOUR);
      await world.notify(String(count + 2));
    }
    const heardAt = Date.now();
    await world.clear();
    await pass(world, 16 * HOUR + MINUTE);
    expect(Date.now() - heardAt).toBeGreaterThan(6 * HOUR);
    expect(await world.waiting()).toEqual(["incremental_sync"]);
  });

  it("goes down the ladder: retries, polling with a reason, and polling for good until it is reconnected", async () => {
    const world = await World.make();
    await world.clear();
    for (let failures = 1; failures <= 10; failures += 1) {
      await world.failToWatch();
      const { watchAt, mode, reason } = await world.watchRow();
      expect({ mode, reason }).toEqual({ mode: "polling", reason: OUT_OF_ORDER });
      expect(watchAt === null).toBe(failures === 10);
      if (failures === 1) expect(watchAt).toBe(Date.now() + 5 * MINUTE);
    }
    await world.t.run((ctx) => rewatch(ctx, world.providerConfigId));
    expect(await world.watchRow()).toMatchObject({ failures: 0, watchAt: Date.now() });
  });

  it("is polled without a failure of its own where this deployment has no address that could be called", async () => {
    const world = await World.make();
    await world.clear();
    for (let count = 0; count < 12; count += 1) await world.failToWatch({ ...OUT_OF_ORDER, code: "no_public_address" }, false);
    expect(await world.watchRow()).toMatchObject({ mode: "polling", failures: 0, reason: { code: "no_public_address" }, watchAt: START + DAY });
  });

  it("has the list that it is on polled like itself while that cannot be watched, and its account says when", async () => {
    const world = await World.make();
    await world.succeed(await world.claim("refresh_calendar_list", null));
    await world.clear();
    await pass(world, 16 * MINUTE);
    expect(await world.waiting()).toEqual(expect.arrayContaining(["refresh_calendar_list", "polling_sync"]));
    await world.t.run(async (ctx) => {
      const state = await ctx.db.query("connectionState").first();
      if (state !== null) await ctx.db.patch(state._id, { nextSyncAt: START + DAY });
      const owner = await ctx.db.query("users").first();
      if (owner !== null) await ctx.db.insert("memberships", { orgId: world.orgId, userId: owner._id, role: "owner" });
    });
    const nora = world.t.withIdentity({ issuer: "issuer", subject: "nora", tokenIdentifier: "issuer|nora" });
    expect(await nora.query(api.connections.list.list, {})).toMatchObject([{ nextSyncAt: Date.now() + 15 * MINUTE }]);
  });

  it("that is gone when it is read has the list read, which tells whether it is", async () => {
    const world = await World.make();
    await world.clear();
    const failure = { kind: "rejected" as const, code: "calendar_gone", message: "No longer there.", action: "Nothing." };
    await world.t.mutation(internal.sync.complete.fail, { ...(await world.claim("webhook_sync")), failure });
    expect(await world.waiting()).toEqual(["refresh_calendar_list"]);
  });

  it("is read in full once a week, whatever its channel says", async () => {
    const world = await World.make();
    await world.watch("channel-1", null);
    await world.clear();
    await pass(world, 7 * DAY + MINUTE);
    expect(await world.waiting()).toEqual(["full_sync"]);
    expect(await world.t.run((ctx) => ctx.db.query("syncTokens").first())).toMatchObject({ complete: false, repair: true, cursor: null });
  });

  it("is polled from the next minute on when notifications are switched off, and watched again when they are on", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    vi.stubEnv("SYNC_POLLING_ONLY", "1");
    expect(await world.notify("2")).toBe("accepted");
    expect(await world.waiting()).toEqual([]);
    await pass(world, MINUTE);
    expect(await world.watchRow()).toMatchObject({ mode: "polling", reason: { code: "polling_only" } });
    await pass(world, MINUTE);
    expect(await world.waiting()).toEqual(["polling_sync"]);
    vi.stubEnv("SYNC_POLLING_ONLY", "");
    await pass(world, 20 * MINUTE);
    expect(await world.waiting()).toContain("renew_subscription");
    // What was told meanwhile had no effect.
    await world.clear();
    await world.watch("channel-2");
    expect(await world.waiting()).toEqual(["incremental_sync"]);
  });

  it("rests while its account is paused", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    await world.t.run(async (ctx) => {
      const state = await ctx.db.query("connectionState").first();
      if (state !== null) await ctx.db.patch(state._id, { status: "paused" });
    });
    expect(await world.notify("2")).toBe("accepted");
    await pass(world, 8 * DAY);
    expect(await world.waiting()).toEqual([]);
    expect((await world.watchRow()).dueAt).toBeNull();
  });
});

describe("notifications that do not verify", () => {
  it("are counted without a row for each, and told to whoever watches", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    for (let batch = 0; batch < 30; batch += 1) {
      await world.notifyAll(Array.from({ length: 40 }, (_, index) => ({ deliveryId: `${batch} ${index}`, token: "a guess" })));
    }
    const counted = await world.rows("webhookRefusals");
    expect(counted.map(({ provider, weight }) => ({ provider, weight }))).toEqual(Array(30).fill({ provider: "google", weight: 40 }));
    await world.notify("2");
    expect(await world.t.run((ctx) => notificationFacts(ctx, START - MINUTE))).toEqual({ received: 1_201, refused: 1_200 });
    vi.setSystemTime(START + 3 * DAY);
    await world.t.mutation(internal.webhooks.retention.sweep, {});
    expect(await world.rows("webhookRefusals")).toEqual([]);
  });

  it("are compared with no more than what came in the same time", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.notifyAll(Array.from({ length: 50 }, (_, index) => ({ deliveryId: `${index}`, token: "a guess" })));
    vi.setSystemTime(START + 5 * MINUTE);
    for (let batch = 0; batch < 10; batch += 1) await world.notifyAll(Array.from({ length: 50 }, (_, index) => ({ deliveryId: `${batch} ${index}` })));
    expect(await world.t.run((ctx) => notificationFacts(ctx, START))).toEqual({ received: 500, refused: 0 });
  });
});

describe("a notification", () => {
  it("asks for one read, however often it is delivered and however many follow it", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => world.notify("2"))))).toEqual(new Set(["accepted"]));
    expect(await world.rows("webhookNotifications")).toHaveLength(1);
    for (const id of ["3", "4"]) await world.notify(id);
    expect(await world.waiting()).toEqual(["webhook_sync"]);
    expect((await world.rows("webhookNotifications")).map((row) => row.effect)).toEqual(["queued", "joined", "joined"]);
  });

  it("is one of many that are handed over together: each has its outcome, and what they have in common is asked for once", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    const outcomes = await world.notifyAll([
      { deliveryId: "2" },
      { deliveryId: "2" },
      { deliveryId: "3", token: "a guess" },
      { deliveryId: "4", tellsOfChange: false },
      { deliveryId: "5" },
      { deliveryId: "6", channelId: "channel-9" },
    ]);
    expect(outcomes).toEqual(["accepted", "accepted", "unknown", "accepted", "accepted", "unknown"]);
    expect((await world.rows("webhookNotifications")).map(({ deliveryId, effect }) => [deliveryId, effect])).toEqual([["2", "queued"], ["4", "none"], ["5", "joined"]]);
    expect(await world.waiting()).toEqual(["webhook_sync"]);
    await expect(world.notifyAll(Array.from({ length: 51 }, (_, index) => ({ deliveryId: `${index}` })))).rejects.toThrow("At most 50");
  });

  it("of a storm is followed by a read at once, and from there on by one each half second", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    vi.setSystemTime(Date.now() + MINUTE);
    const began = Date.now();
    for (let count = 2; count < 12; count += 1) {
      await world.notify(String(count));
      await world.runWhatIsDue();
      vi.setSystemTime(Date.now() + 100);
    }
    expect((await world.begunAt()).filter((at) => at >= began).map((at) => at - began)).toEqual([0, 500]);
    vi.setSystemTime(began + 1_000);
    await world.runWhatIsDue();
    expect((await world.begunAt()).at(-1)).toBe(began + 1_000);
  });

  it("does not bring forward what waits after a failure", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    const lease = await world.claim("webhook_sync");
    const failure = { kind: "rateLimited" as const, ...OUT_OF_ORDER, retryAfterMs: 60_000 };
    await world.t.mutation(internal.sync.complete.fail, { ...lease, failure });
    await world.notify("2");
    const [job] = (await world.rows("syncJobs")).filter(({ waiting }) => waiting);
    expect(job?.scheduledAt).toBeGreaterThanOrEqual(Date.now() + 60_000);
  });

  it("case 7: asks for a second read when it comes while one is under way", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    const running = await world.claim("webhook_sync");
    await world.notify("2");
    expect(await world.waiting()).toEqual(["webhook_sync"]);
    await world.succeed(running);
    expect(await world.waiting()).toEqual(["webhook_sync"]);
  });

  it("that only says that the channel is open asks for nothing, also when it comes before the provider's answer", async () => {
    const world = await World.make();
    await world.clear();
    const lease = await world.claim("renew_subscription");
    await world.t.mutation(internal.webhooks.channels.begin, { ...lease, channelId: "channel-1", tokenHash: await sha256Hex(TOKEN) });
    expect(await world.notify("1", { tellsOfChange: false })).toBe("accepted");
    expect(await world.waiting()).toEqual([]);
    expect(await world.notify("2")).toBe("accepted");
    expect(await world.waiting()).toEqual(["webhook_sync"]);
  });

  it.each([
    ["of a channel that is not ours", { channelId: "channel-9" }],
    ["with another token", { token: "a guess" }],
    ["with no token", { token: "" }],
    ["for another provider", { provider: "microsoft" }],
  ])("%s changes nothing, and leaves at most a trace without its words", async (_, wrong) => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.clear();
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(await world.notify("2", wrong)).toBe("unknown");
    expect(await world.waiting()).toEqual([]);
    expect(await world.rows("webhookNotifications")).toEqual([]);
    const [trace] = await world.rows("webhookRefusals");
    expect(Object.keys(trace ?? {}).sort()).toEqual(["_creationTime", "_id", "at", "provider", "weight"]);
  });

  it("of one account's channel never reaches another's calendars", async () => {
    const world = await World.make();
    await world.watch("channel-1");
    await world.t.run(async (ctx) => {
      const [row] = await ctx.db.query("webhookSubscriptions").collect();
      if (row !== undefined) await ctx.db.insert("webhookSubscriptions", { ...without(row), channelId: "channel-2", tokenHash: "f".repeat(64) });
    });
    expect(await world.notify("2", { channelId: "channel-2" })).toBe("unknown");
  });
});

function without({ _id, _creationTime, ...row }: Doc<"webhookSubscriptions">) {
  void _id;
  void _creationTime;
  return row;
}
