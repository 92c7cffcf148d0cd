import { randomBytes } from "node:crypto";
import type { FunctionReference } from "convex/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { api, internal } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { accessTokenSource } from "../../convex/connections/credentials/accessTokens";
import { parseEncryptionKeys } from "../../lib/security/envelope";
import { openOAuth } from "../../lib/providers/oauth-registry";
import type { AccessTokenSource } from "../../lib/providers/oauth";
import { deploymentEnvironment, setDeploymentEnvironment } from "../../local/launch/deployment-environment";
import { startSandbox, type Sandbox } from "../../local/sandbox/sandbox";
import { SANDBOX_CLIENT } from "../../local/sandbox/google/oauth/clients";
import { startTestBackend, type TestBackend } from "../support/backend";
import { decide, googleAt } from "../support/google/consent";
import { browserOf, type Browser } from "../support/google/signing-in";
import { adminClient, stored } from "../support/stored";
import { signUp, type Visitor } from "../support/visitor";

/** Each test signs in to accounts of its own: at Google one consent is one, whoever connected the account. */
const ACCOUNTS = Array.from({ length: 80 }, (_, index) => ({
  id: String(200_000_000_000_000_000n + BigInt(index)),
  email: `person${index}@example.com`,
  name: `Person ${index}`,
  timeZone: "Europe/Berlin",
}));
/** What a token must still be good for. */
const LIFE_MS = 540_000;
const REFRESHES = "oauth.token.refresh_token";

let sandbox: Sandbox;
let backend: TestBackend;
let visitors = 0;
let NORA = ACCOUNTS[0] as (typeof ACCOUNTS)[number];
let PABLO = NORA;
let nora: Visitor;
let browser: Browser;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, world: { accounts: ACCOUNTS, calendars: [] }, googleClients: [SANDBOX_CLIENT] });
  backend = await startTestBackend({ environment: googleAt(sandbox.url) });
});
afterAll(async () => {
  await nora?.close();
  await backend?.dispose();
  await sandbox?.stop();
});
beforeEach(async () => {
  await nora?.close();
  sandbox.control.calm();
  sandbox.control.google.changeSettings({ rotateRefreshTokens: false, accessTokenSeconds: 3599 });
  visitors += 1;
  [NORA, PABLO] = ACCOUNTS.slice(2 * visitors) as [typeof NORA, typeof NORA];
  nora = await signUp(backend, `nora${visitors}@example.com`);
  browser = browserOf(backend, nora);
});

async function connected(): Promise<Id<"providerConfigs">> {
  expect(await browser.connect({ account: NORA.id })).toEqual({ code: "connected", returnTo: "/connections" });
  // Its first sync asks for tokens too: what is measured begins after it.
  const [card] = await nora.until(api.connections.list.list, {}, ([first]) => first !== undefined && !first.syncing);
  if (card === undefined) throw new Error("There is no connection.");
  return card.connectionId;
}

/** Connected a while ago: the access token is about to end. */
async function connectedBefore(): Promise<Id<"providerConfigs">> {
  sandbox.control.google.changeSettings({ accessTokenSeconds: 60 });
  const connectionId = await connected();
  sandbox.control.google.changeSettings({ accessTokenSeconds: 3599 });
  sandbox.control.calls.reset();
  return connectionId;
}

/** Token sources of as many runs, each as a worker opens its own. */
async function sources(connectionId: Id<"providerConfigs">, count: number): Promise<AccessTokenSource[]> {
  const admin = adminClient(backend);
  const ctx = {
    runQuery: (fn: FunctionReference<"query", "internal">, args: Record<string, unknown>) => admin.query(fn as never, args as never),
    runMutation: (fn: FunctionReference<"mutation", "internal">, args: Record<string, unknown>) => admin.mutation(fn as never, args as never, { skipQueue: true }),
  } as unknown as Parameters<typeof accessTokenSource>[0];
  const oauth = openOAuth("google", googleAt(sandbox.url) as Record<string, string>);
  const config = (await stored(backend, "providerCredentials")).find(({ providerConfigId }) => providerConfigId === connectionId);
  if (oauth === null || config === undefined) throw new Error("There is nothing to open.");
  const account = { orgId: config.orgId as Id<"organizations">, providerConfigId: connectionId, provider: "google" };
  const deps = { oauth, keys: parseEncryptionKeys(backend.secrets.encryptionKeys), minimumLifeMs: LIFE_MS };
  return Array.from({ length: count }, () => accessTokenSource(ctx, account, deps));
}

const oneSource = async (connectionId: Id<"providerConfigs">): Promise<AccessTokenSource> => {
  const [source] = await sources(connectionId, 1);
  if (source === undefined) throw new Error("There is no source.");
  return source;
};
const refreshes = (): number => sandbox.control.calls.counts()[REFRESHES] ?? 0;
const secretsOf = async (connectionId: string) =>
  (await stored(backend, "providerCredentials")).filter(({ providerConfigId }) => providerConfigId === connectionId);

describe("connecting", () => {
  it("makes a connection of the account that was chosen, and stores no token in the clear", async () => {
    const connectionId = await connected();
    const [config] = (await stored(backend, "providerConfigs")).filter(({ _id }) => _id === connectionId);
    expect(config).toMatchObject({ provider: "google", account: NORA.email, subject: NORA.id, serverUrl: "" });
    const everything = JSON.stringify([await secretsOf(connectionId), await stored(backend, "oauthStates"), config]);
    expect(everything).not.toMatch(/ya29|1\/\/0|4\/0A/);
    expect(await secretsOf(connectionId)).toMatchObject([{ field: "oauth", version: 1, envelope: expect.stringMatching(/^v1\.k1\./) }]);
    expect(await stored(backend, "oauthStates")).toEqual([]);
  });

  it("finds the account again by Google's id, and connects another beside it", async () => {
    const connectionId = await connected();
    expect(await browser.connect({ account: NORA.id })).toMatchObject({ code: "connected" });
    expect(await browser.connect({ account: PABLO.id }, { returnTo: "/calendar" })).toEqual({ code: "connected", returnTo: "/calendar" });
    const cards = await nora.client.query(api.connections.list.list, {});
    expect(cards.map(({ label }) => label)).toEqual([NORA.email, PABLO.email]);
    expect(cards[0]?.connectionId).toBe(connectionId);
  });

  it("reconnects the same account only", async () => {
    const connectionId = await connected();
    expect(await browser.connect({ account: PABLO.id }, { connectionId })).toMatchObject({ code: "another_account" });
    expect(await browser.connect({ account: NORA.id }, { connectionId })).toMatchObject({ code: "reconnected" });
    expect(await nora.client.query(api.connections.list.list, {})).toHaveLength(1);
    expect(await browser.start({ connectionId: "no such id" })).toBe("no_such_connection");
  });

  it("says what is missing when boxes were left empty, and stores nothing", async () => {
    expect(await browser.connect({ account: NORA.id, tick: (scope) => !scope.endsWith("readonly") })).toMatchObject({ code: "scope_missing" });
    expect(await nora.client.query(api.connections.list.list, {})).toEqual([]);
  });
});

describe("a state counts", () => {
  it("once", async () => {
    const back = await decide(await browser.start(), { account: NORA.id });
    expect(await browser.comeBack(back)).toMatchObject({ code: "connected" });
    expect(await browser.comeBack(back)).toEqual({ code: "state_invalid", returnTo: null });
  });

  it("once, also when it comes back twice at the same moment", async () => {
    const back = await decide(await browser.start(), { account: NORA.id });
    const outcomes = await Promise.all([browser.comeBack(back), browser.comeBack(back)]);
    expect(outcomes.map(({ code }) => code).sort()).toEqual(["connected", "state_invalid"]);
  });

  it.each([
    ["another provider", { provider: "microsoft" }],
    ["another session", { session: "somebody else's" }],
    ["another state", { state: "made-up" }],
  ])("for nothing with %s", async (_, changes) => {
    const back = await decide(await browser.start(), { account: NORA.id });
    expect(await browser.comeBack(back, changes)).toMatchObject({ code: "state_invalid" });
    expect(await nora.client.query(api.connections.list.list, {})).toEqual([]);
  });

  it("for nobody else, and is used up by them", async () => {
    const back = await decide(await browser.start(), { account: NORA.id });
    const mallory = await signUp(backend, `mallory${visitors}@example.com`);
    expect(await browserOf(backend, mallory).comeBack(back, { session: nora.session })).toMatchObject({ code: "state_invalid" });
    expect(await browser.comeBack(back)).toMatchObject({ code: "state_invalid" });
    await mallory.close();
  });

  it("leads back to pages of the list only", async () => {
    const back = await decide(await browser.start({ returnTo: "/connections/../api/auth/sign-out" }), { account: NORA.id });
    expect(await browser.comeBack(back)).toMatchObject({ returnTo: "/connections" });
  });
});

describe("refreshing", () => {
  it("case 18: asks Google once, however many runs want a token at the same time", async () => {
    const connectionId = await connectedBefore();
    sandbox.control.faults.add({ match: REFRESHES, effect: { do: "slow", delayMs: 300 }, times: null });
    const results = await Promise.all((await sources(connectionId, 50)).map((source) => source()));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toMatchObject({ kind: "token" });
    expect(refreshes()).toBe(1);
  });

  it("does not ask at all while the token lasts", async () => {
    const connectionId = await connected();
    sandbox.control.calls.reset();
    const source = await oneSource(connectionId);
    expect(await source()).toMatchObject({ kind: "token" });
    expect(refreshes()).toBe(0);
  });

  it("replaces a token that Google took no more, once for all", async () => {
    const connectionId = await connected();
    const all = await sources(connectionId, 10);
    const [first] = await Promise.all(all.map((source) => source()));
    if (first?.kind !== "token") throw new Error("There is no token.");
    sandbox.control.calls.reset();
    const replaced = await Promise.all(all.map((source) => source(first.accessToken)));
    expect(refreshes()).toBe(1);
    for (const result of replaced) expect(result).not.toEqual(first);
  });

  it("case 18: keeps a refresh token that took the place of the old one", async () => {
    const connectionId = await connectedBefore();
    const version = Number((await secretsOf(connectionId))[0]?.version);
    sandbox.control.google.changeSettings({ rotateRefreshTokens: true, accessTokenSeconds: 60 });
    for (let run = 1; run <= 3; run += 1) expect(await (await oneSource(connectionId))()).toMatchObject({ kind: "token" });
    expect(await secretsOf(connectionId)).toMatchObject([{ version: version + 3 }]);
  });

  it("tells Google's reason when the consent was withdrawn, and asks no second time until the account is reconnected", async () => {
    const connectionId = await connectedBefore();
    sandbox.control.google.revoke(NORA.email);
    sandbox.control.calls.reset();
    const withdrawn = { kind: "authRevoked", code: "invalid_grant", message: expect.stringContaining("expired or revoked") };
    for (const source of await sources(connectionId, 5)) expect(await source()).toMatchObject(withdrawn);
    expect(refreshes()).toBe(1);
    expect(await browser.connect({ account: NORA.id }, { connectionId })).toMatchObject({ code: "reconnected" });
    expect(await (await oneSource(connectionId))()).toMatchObject({ kind: "token" });
  });

  it("ends with a reconnect, not with a loop, when somebody died between the new token and its storing", async () => {
    sandbox.control.google.changeSettings({ rotateRefreshTokens: true });
    const connectionId = await connectedBefore();
    sandbox.control.faults.add({ match: REFRESHES, effect: { do: "lose_answer" }, times: 1 });
    expect(await (await oneSource(connectionId))()).toMatchObject({ kind: "unavailable" });
    sandbox.control.calls.reset();
    for (let run = 1; run <= 3; run += 1) expect(await (await oneSource(connectionId))()).toMatchObject({ kind: "authRevoked", code: "invalid_grant" });
    expect(refreshes()).toBe(1);
  });

  it("passes on what may pass, and works again afterwards", async () => {
    const connectionId = await connectedBefore();
    sandbox.control.faults.add({ match: REFRESHES, effect: { do: "status", status: 503 }, times: 1 });
    const waiting = await Promise.all((await sources(connectionId, 5)).map((source) => source()));
    for (const result of waiting) expect(result.kind === "token" || result.kind === "unavailable").toBe(true);
    expect(await (await oneSource(connectionId))()).toMatchObject({ kind: "token" });
  });
});

describe("a new first key", () => {
  it("takes over in the background, and the old one can be retired", async () => {
    const connectionId = await connected();
    const old = backend.secrets.encryptionKeys;
    const ring = `k2:${randomBytes(32).toString("base64")},${old.replace(/^(?!k1:)/, "k1:")}`;
    const setKeys = (encryptionKeys: string) =>
      setDeploymentEnvironment(
        backend.url,
        backend.secrets.adminKey,
        deploymentEnvironment(googleAt(sandbox.url), { ...backend.secrets, encryptionKeys }, []),
      );
    await setKeys(ring);
    const admin = adminClient(backend);
    await admin.action(internal.connections.credentials.resealing.run as never, {} as never);
    expect(await admin.query(internal.connections.credentials.keys.inUse as never, {} as never)).toEqual(["k2"]);
    expect(await secretsOf(connectionId)).toMatchObject([{ version: 1, keyId: "k2", envelope: expect.stringMatching(/^v1\.k2\./) }]);
    await setKeys(ring.split(",")[0] ?? "");
    expect(await browser.connect({ account: NORA.id }, { connectionId })).toMatchObject({ code: "reconnected" });
    await setKeys(old);
  });
});

describe("disconnecting", () => {
  it("withdraws the consent at Google and forgets the tokens", async () => {
    const connectionId = await connectedBefore();
    await nora.client.mutation(api.connections.manage.disconnect, { connectionId });
    await expect.poll(() => secretsOf(connectionId), { timeout: 20_000 }).toEqual([]);
    expect(sandbox.control.calls.counts()["oauth.revoke"]).toBeGreaterThan(0);
  });

  it("case 18: stands when it comes while two runs refresh the token, which is asked for once and withdrawn too", async () => {
    const connectionId = await connectedBefore();
    const [before] = await secretsOf(connectionId);
    sandbox.control.google.changeSettings({ rotateRefreshTokens: true });
    sandbox.control.faults.add({ match: REFRESHES, effect: { do: "slow", delayMs: 1_000 }, times: 1 });
    sandbox.control.faults.add({ match: "oauth.revoke", effect: { do: "status", status: 503 }, times: null });
    const underWay = Promise.all((await sources(connectionId, 2)).map((source) => source()));
    await expect.poll(async () => (await secretsOf(connectionId))[0]?.refresh, { timeout: 20_000 }).toMatchObject({ kind: "running" });
    await nora.client.mutation(api.connections.manage.disconnect, { connectionId });
    expect(await underWay).toMatchObject([{ code: "disconnected" }, { code: "disconnected" }]);
    expect(refreshes()).toBe(1);
    expect(await secretsOf(connectionId)).toMatchObject([{ envelope: before?.envelope, forgetAt: expect.any(Number) }]);
    await expect.poll(() => sandbox.control.calls.counts()["oauth.revoke"]).toBe(2);
    expect(await (await oneSource(connectionId))()).toMatchObject({ code: "disconnected" });
  });

  it("leaves the consent alone that was given again before it could be withdrawn", async () => {
    const connectionId = await connected();
    sandbox.control.faults.add({ match: "oauth.revoke", effect: { do: "status", status: 503 }, times: null });
    await nora.client.mutation(api.connections.manage.disconnect, { connectionId });
    await expect.poll(() => sandbox.control.calls.counts()["oauth.revoke"], { timeout: 20_000 }).toBeGreaterThan(0);
    const [secret] = await secretsOf(connectionId);
    sandbox.control.calm();
    await expect.poll(async () => await nora.client.query(api.connections.list.list, {}), { timeout: 20_000 }).toEqual([]);
    const again = await connected();
    const next = { credentialId: secret?._id, provider: "google", subject: NORA.id, withdraw: true, attempt: 2 };
    await adminClient(backend).action(internal.connections.credentials.revocation.run as never, next as never);
    expect(await secretsOf(connectionId)).toEqual([]);
    sandbox.control.google.expireAccessTokens(NORA.email);
    await nora.client.mutation(api.connections.manage.syncNow, { connectionId: again });
    await nora.until(api.connections.list.list, {}, ([card]) => card !== undefined && !card.syncing && card.status === "active");
  });

  it("leaves the consent alone while somebody else has connected the same account", async () => {
    sandbox.control.google.changeSettings({ accessTokenSeconds: 60 });
    await connected();
    const pablo = await signUp(backend, `pablo${visitors}@example.com`);
    expect(await browserOf(backend, pablo).connect({ account: NORA.id })).toMatchObject({ code: "connected" });
    const [theirs] = await pablo.client.query(api.connections.list.list, {});
    const [mine] = await nora.client.query(api.connections.list.list, {});
    if (theirs === undefined || mine === undefined) throw new Error("There are no connections.");
    await nora.client.mutation(api.connections.manage.disconnect, { connectionId: mine.connectionId });
    await expect.poll(() => secretsOf(mine.connectionId)).toEqual([]);
    expect(await (await oneSource(theirs.connectionId))()).toMatchObject({ kind: "token" });
    await pablo.close();
  });
});
