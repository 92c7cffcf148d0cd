import { createHmac } from "node:crypto";
import { convexTest, type TestConvex } from "convex-test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { convexModules } from "../../tests/support/convex-modules";
import { api } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import schema from "../schema";

const ISSUER = "https://clerk.example.com";
const SERVER_SECRET = "the real secret, which nobody outside knows";
const KEY = Buffer.alloc(32, 7);
const NOW_S = 1_800_000_000;

let t: TestConvex<typeof schema>;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_S * 1000 });
  vi.stubEnv("AUTH_MODE", "clerk");
  vi.stubEnv("CLERK_JWT_ISSUER_DOMAIN", ISSUER);
  vi.stubEnv("CLERK_WEBHOOK_SECRET", `whsec_${KEY.toString("base64")}`);
  vi.stubEnv("LINEARTIME_SERVER_SECRET", SERVER_SECRET);
  t = convexTest(schema, convexModules);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const user = (changes: Record<string, unknown> = {}) => ({
  id: "user_1",
  primary_email_address_id: "idn_1",
  email_addresses: [{ id: "idn_1", email_address: "nora@example.com" }],
  first_name: "Nora",
  last_name: "Berg",
  username: null,
  updated_at: 1_000,
  ...changes,
});
const message = (type: string, data: unknown) => JSON.stringify({ type, object: "event", data });

let deliveries = 0;
function signed(body: string, deliveryId = `msg_${(deliveries += 1)}`, at: number | string = NOW_S) {
  const mac = createHmac("sha256", KEY).update(`${deliveryId}.${at}.${body}`).digest("base64");
  return { secret: SERVER_SECRET, deliveryId, timestamp: String(at), signature: `v1,${mac}`, body };
}
type Delivery = ReturnType<typeof signed>;

const receive = (delivery: Delivery) => t.mutation(api.accounts.clerkWebhook.receive, delivery);
const deliver = (type: string, data: unknown) => receive(signed(message(type, data)));
const stored = () =>
  t.run(async (ctx) => ({
    users: (await ctx.db.query("users").collect()).map(({ tokenIdentifier, email, name }) => ({ tokenIdentifier, email, name })),
    organizations: (await ctx.db.query("organizations").collect()).length,
    memberships: (await ctx.db.query("memberships").collect()).length,
    deliveries: (await ctx.db.query("clerkDeliveries").collect()).length,
    news: (await ctx.db.query("clerkUsers").collect()).length,
    limits: (await ctx.db.query("rateLimits").collect()).length,
  }));
const NOTHING = { users: [], organizations: 0, memberships: 0, deliveries: 0, news: 0, limits: 0 };
const NORA = { tokenIdentifier: `${ISSUER}|user_1`, email: "nora@example.com", name: "Nora Berg" };

describe("a message of Clerk's", () => {
  it("makes the user with organization and membership, and follows later changes", async () => {
    expect(await deliver("user.created", user())).toBe("accepted");
    expect(await stored()).toMatchObject({ users: [NORA], organizations: 1, memberships: 1 });
    await deliver("user.updated", user({ first_name: "Eleonora", updated_at: 2_000 }));
    expect(await stored()).toMatchObject({ users: [{ ...NORA, name: "Eleonora Berg" }], organizations: 1, memberships: 1 });
  });

  it("counts by Clerk's time, in whatever order messages come", async () => {
    await deliver("user.updated", user({ first_name: "New", updated_at: 2_000 }));
    await deliver("user.created", user({ first_name: "Old", updated_at: 1_000 }));
    expect(await stored()).toMatchObject({ users: [{ name: "New Berg" }], organizations: 1 });
  });

  it("has its effect once, however often it is delivered", async () => {
    const delivery = signed(message("user.created", user()));
    const answers = await Promise.all(Array.from({ length: 100 }, () => receive(delivery)));
    expect(new Set(answers)).toEqual(new Set(["accepted"]));
    expect(await stored()).toMatchObject({ users: [NORA], organizations: 1, memberships: 1, deliveries: 1 });
  });

  it("that is about something else is accepted and leaves nothing", async () => {
    expect(await deliver("session.created", { id: "sess_1" })).toBe("accepted");
    expect(await stored()).toEqual(NOTHING);
  });

  it("that is not as Clerk describes it is malformed and leaves nothing", async () => {
    expect(await deliver("user.created", { id: "user_1" })).toBe("malformed");
    expect(await stored()).toEqual(NOTHING);
  });
});

describe("a deletion", () => {
  it("is final: neither a late change nor a token that is still good brings anybody back", async () => {
    await deliver("user.created", user());
    expect(await deliver("user.deleted", { id: "user_1", deleted: true })).toBe("accepted");
    await deliver("user.updated", user({ updated_at: 9_000 }));
    const nora = t.withIdentity({ issuer: ISSUER, subject: "user_1", tokenIdentifier: NORA.tokenIdentifier });
    await expect(nora.mutation(api.accounts.enrolment.ensure, {})).rejects.toThrow(/deleted/);
    expect(await stored()).toMatchObject({ users: [], organizations: 0, memberships: 0 });
  });

  it("that comes before the creation holds", async () => {
    await deliver("user.deleted", { id: "user_1", deleted: true });
    await deliver("user.created", user());
    expect(await stored()).toMatchObject({ users: [] });
  });

  it("takes the stored secrets at once and the calendars after it, of nobody else", async () => {
    await deliver("user.created", user());
    await deliver("user.created", user({ id: "user_2" }));
    const mine = await connect("user_1");
    const theirs = await connect("user_2");
    await deliver("user.deleted", { id: "user_1", deleted: true });
    expect(await secretsOf()).toEqual([theirs]);
    await t.finishAllScheduledFunctions(() => vi.runAllTimers());
    const left = await t.run(async (ctx) => (await ctx.db.query("providerConfigs").collect()).map(({ _id }) => _id));
    expect(left).toEqual([theirs]);
    expect(left).not.toContain(mine);
  });
});

describe("what is not signed by Clerk is refused and leaves nothing", () => {
  const genuine = (): Delivery => signed(message("user.created", user()), "msg_1");
  const changed = (change: (delivery: Delivery) => Partial<Delivery>) => {
    const delivery = genuine();
    return { ...delivery, ...change(delivery) };
  };

  it.each<[string, () => Delivery]>([
    ["a body with one space changed", () => changed(({ body }) => ({ body: body.replace(":", ": ") }))],
    ["a missing signature", () => changed(() => ({ signature: "" }))],
    ["a signature that is none", () => changed(() => ({ signature: "v1" }))],
    ["a signature without its prefix", () => changed(({ signature }) => ({ signature: signature.slice(3) }))],
    ["another prefix", () => changed(({ signature }) => ({ signature: signature.replace("v1", "v1a") }))],
    ["a prefix in capitals", () => changed(({ signature }) => ({ signature: signature.replace("v1", "V1") }))],
    ["a signature in another case", () => changed(({ signature }) => ({ signature: `v1,${signature.slice(3).toLowerCase()}` }))],
    ["a signature that is too short", () => changed(({ signature }) => ({ signature: signature.slice(0, 20) }))],
    ["a signature that is too long", () => changed(({ signature }) => ({ signature: `${signature}${signature}` }))],
    ["another delivery's id", () => changed(() => ({ deliveryId: "msg_2" }))],
    ["a time too long ago", () => signed(message("user.created", user()), "msg_1", NOW_S - 301)],
    ["a time too far ahead", () => signed(message("user.created", user()), "msg_1", NOW_S + 301)],
    ["a time with junk behind it", () => signed(message("user.created", user()), "msg_1", `${NOW_S}junk`)],
    ["a time in another notation", () => signed(message("user.created", user()), "msg_1", `+${NOW_S}`)],
  ])("%s", async (_, delivery) => {
    expect(await receive(delivery())).toBe("refused");
    expect(await stored()).toEqual(NOTHING);
  });

  it("anything at all where people have local accounts", async () => {
    vi.stubEnv("AUTH_MODE", "local");
    expect(await receive(genuine())).toBe("refused");
    expect(await stored()).toEqual(NOTHING);
  });
});

it("says by name what is missing when the deployment has no webhook secret", async () => {
  vi.stubEnv("CLERK_WEBHOOK_SECRET", "");
  await expect(receive(signed(message("user.created", user())))).rejects.toThrow(/CLERK_WEBHOOK_SECRET is not set/);
});

async function connect(subject: string): Promise<Id<"providerConfigs">> {
  return await t.run(async (ctx) => {
    const owner = await ctx.db
      .query("users")
      .withIndex("by_tokenIdentifier", (q) => q.eq("tokenIdentifier", `${ISSUER}|${subject}`))
      .unique();
    const membership = owner && (await ctx.db.query("memberships").withIndex("by_userId", (q) => q.eq("userId", owner._id)).unique());
    if (!owner || !membership) throw new Error(`${subject} has no account`);
    const { orgId } = membership;
    const connection = { orgId, ownerUserId: owner._id, provider: "caldav", account: subject, serverUrl: "https://dav.example.com/" };
    const providerConfigId = await ctx.db.insert("providerConfigs", connection);
    await ctx.db.insert("connectionState", { orgId, providerConfigId, status: "active", reason: null, nextSyncAt: null });
    await ctx.db.insert("providerCredentials", { orgId, providerConfigId, field: "password", envelope: "v1.x", version: 1 });
    return providerConfigId;
  });
}

const secretsOf = () =>
  t.run(async (ctx) => (await ctx.db.query("providerCredentials").collect()).map(({ providerConfigId }) => providerConfigId));
