import { convexTest, type TestConvex } from "convex-test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { convexModules } from "../../../tests/support/convex-modules";
import { open, parseEncryptionKeys, seal } from "../../../lib/security/envelope";
import schema from "../../schema";
import { envelopeContext } from "./envelopes";
import { REFRESH_LEASE_MS } from "./refresh";

const START = Date.UTC(2026, 0, 5, 9);
const key = (fill: number) => Buffer.alloc(32, fill).toString("base64");
const OLD = `k1:${key(1)}`;
const NEW = `k2:${key(2)}`;
const REVOKED = { kind: "authRevoked" as const, code: "invalid_grant", message: "Expired or revoked.", action: "Reconnect." };
const BUSY = { kind: "unavailable" as const, code: "server_error", message: "500.", action: "Wait.", retryAfterMs: null };

let t: TestConvex<typeof schema>;
let providerConfigId: Id<"providerConfigs">;

beforeEach(async () => {
  vi.useFakeTimers({ now: START });
  t = convexTest(schema, convexModules);
  providerConfigId = await connection("nora@example.com", OLD, "k1");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function connection(account: string, keys: string, keyId?: string): Promise<Id<"providerConfigs">> {
  const ids = await t.run(async (ctx) => {
    const orgId = await ctx.db.insert("organizations", { name: account });
    const ownerUserId = await ctx.db.insert("users", { tokenIdentifier: account, subject: account, email: account, name: account });
    const made = await ctx.db.insert("providerConfigs", { orgId, ownerUserId, provider: "google", account, serverUrl: "", subject: account });
    return { orgId, providerConfigId: made };
  });
  const envelope = await seal(parseEncryptionKeys(keys), envelopeContext({ ...ids, provider: "google", field: "oauth" }), `secret of ${account}`);
  const row = { ...ids, field: "oauth", envelope, version: 1, ...(keyId === undefined ? {} : { keyId }) };
  await t.run((ctx) => ctx.db.insert("providerCredentials", row));
  return ids.providerConfigId;
}

const claim = (leaseId: string, version = 1, since = Date.now()) =>
  t.mutation(internal.connections.credentials.refresh.claim, { providerConfigId, version, leaseId, since });
const save = async (leaseId: string, version = 1) =>
  await t.mutation(internal.connections.credentials.refresh.save, { providerConfigId, version, leaseId, envelope: await otherEnvelope() });
const fail = (leaseId: string, failure: typeof REVOKED | typeof BUSY) =>
  t.mutation(internal.connections.credentials.refresh.fail, { providerConfigId, version: 1, leaseId, failure });
const otherEnvelope = () =>
  seal(parseEncryptionKeys(OLD), { org: "o", providerConfigId, provider: "google", field: "oauth" }, "another secret");

describe("the lease on a refresh", () => {
  it("has one holder, whose tokens count", async () => {
    expect(await claim("a")).toEqual({ kind: "claimed" });
    expect(await claim("b")).toEqual({ kind: "busy" });
    expect(await save("b")).toBe("superseded");
    expect(await save("a")).toBe("saved");
    expect(await claim("b")).toEqual({ kind: "changed" });
    expect(await claim("b", 2)).toEqual({ kind: "claimed" });
  });

  it("passes on when its holder died, who can store nothing any more", async () => {
    await claim("a");
    vi.setSystemTime(START + REFRESH_LEASE_MS - 1);
    expect(await claim("b")).toEqual({ kind: "busy" });
    vi.setSystemTime(START + REFRESH_LEASE_MS);
    expect(await claim("b")).toEqual({ kind: "claimed" });
    expect(await save("a")).toBe("superseded");
    await fail("a", REVOKED);
    expect(await save("b")).toBe("saved");
  });

  it("tells those who waited why it failed, and lets those who come later try again", async () => {
    await claim("a");
    await fail("a", BUSY);
    expect(await claim("b", 1, START)).toEqual({ kind: "failed", failure: BUSY });
    expect(await claim("c", 1, START + 1)).toEqual({ kind: "claimed" });
  });

  it("is given to nobody once the sign-in is over, until there is a new one", async () => {
    await claim("a");
    await fail("a", REVOKED);
    expect(await claim("b", 1, START + 1_000_000)).toEqual({ kind: "failed", failure: REVOKED });
  });
});

describe("a new first key", () => {
  const reseal = () => t.action(internal.connections.credentials.resealing.run, {});
  const rows = () => t.run((ctx) => ctx.db.query("providerCredentials").collect());

  it("takes over secrets of old keys and of before keys were noted, and leaves what it cannot open", async () => {
    await connection("old@example.com", OLD);
    const lost = await connection("lost@example.com", `k0:${key(9)}`, "k0");
    vi.stubEnv("CONVEX_ENCRYPTION_KEYS", `${NEW},${OLD}`);
    expect(await t.query(internal.connections.credentials.keys.inUse, {})).toEqual([null, "k0", "k1"]);
    expect(await reseal()).toBe(2);
    expect(await t.query(internal.connections.credentials.keys.inUse, {})).toEqual(["k0", "k2"]);
    expect(await reseal()).toBe(0);
    for (const row of await rows()) {
      if (row.providerConfigId === lost) continue;
      const { orgId, field, envelope, providerConfigId: id } = row;
      const opened = await open(parseEncryptionKeys(NEW), envelopeContext({ orgId, providerConfigId: id, provider: "google", field }), envelope);
      expect(opened).toMatch(/^secret of /);
      expect(row.version).toBe(1);
    }
  });

  it("does not disturb a refresh, and is itself superseded by a newer secret", async () => {
    const [row] = await rows();
    if (row === undefined) throw new Error("There is no secret.");
    await claim("a");
    expect(await replace(row._id, 1)).toBe(true);
    expect(await save("a")).toBe("saved");
    expect(await replace(row._id, 1)).toBe(false);
  });

  const replace = async (credentialId: Id<"providerCredentials">, version: number) =>
    await t.mutation(internal.connections.credentials.keys.replace, { credentialId, version, envelope: await otherEnvelope() });
});

it("an authorization ends after ten minutes, and is swept", async () => {
  const config = await t.run((ctx) => ctx.db.get(providerConfigId));
  if (config === null) throw new Error("There is no connection.");
  const { orgId, ownerUserId } = config;
  await t.run(async (ctx) => {
    await ctx.db.insert("memberships", { orgId, userId: ownerUserId, role: "owner" });
  });
  const nora = t.withIdentity({ tokenIdentifier: "nora@example.com" });
  const known = { provider: "google", stateHash: "h", session: "s" };
  const begin = { ...known, verifier: "v", redirectUri: "https://calendar.example.com/api/oauth/google/callback", returnTo: "/connections", reconnects: null };
  await nora.mutation(internal.connections.oauth.states.begin, begin);
  vi.setSystemTime(START + 10 * 60_000);
  expect(await nora.mutation(internal.connections.oauth.states.take, known)).toBeNull();
  await nora.mutation(internal.connections.oauth.states.begin, begin);
  vi.setSystemTime(START + 20 * 60_000);
  expect(await t.mutation(internal.connections.oauth.states.sweep, {})).toBe(1);
});
