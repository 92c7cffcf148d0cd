import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SANDBOX_CLIENT } from "../../../../local/sandbox/google/oauth/clients";
import { emptyWorld, NORA } from "../../../../local/sandbox/testing/empty-world";
import { startSandbox, type Sandbox } from "../../../../local/sandbox/sandbox";
import { decide, googleAt } from "../../../../tests/support/google/consent";
import type { ExchangeRequest, OAuthProvider } from "../../oauth";
import { openOAuth } from "../../oauth-registry";
import { googleOAuth } from "./provider";

const REDIRECT = "http://127.0.0.1:3000/api/oauth/google/callback";
const VERIFIER = "v".repeat(64);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const KEY = { clientId: SANDBOX_CLIENT.id, clientSecret: SANDBOX_CLIENT.secret };

let sandbox: Sandbox;
let oauth: OAuthProvider;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, world: emptyWorld(), googleClients: [SANDBOX_CLIENT] });
  oauth = opened();
});
afterEach(() => sandbox.stop());

function opened(changes: Record<string, string> = {}): OAuthProvider {
  const found = openOAuth("google", { ...(googleAt(sandbox.url) as Record<string, string>), ...changes });
  if (found === null) throw new Error("Google is not configured");
  return found;
}

/** What the browser brings back from the consent page, with all boxes ticked or some of them. */
const consent = (ticked?: string[]): Promise<URL> =>
  decide(oauth.authorizationUrl({ state: "s", codeChallenge: CHALLENGE, redirectUri: REDIRECT, loginHint: NORA.email }), {
    account: NORA.id,
    tick: (scope) => ticked?.includes(scope) ?? true,
  });

async function exchange(changes: Partial<ExchangeRequest> = {}, ticked?: string[]) {
  const back = await consent(ticked);
  const request = { code: back.searchParams.get("code") ?? "", codeVerifier: VERIFIER, redirectUri: REDIRECT, issuer: back.searchParams.get("iss") };
  return await oauth.exchange({ ...request, ...changes });
}

async function refreshToken(): Promise<string> {
  const result = await exchange();
  if (result.kind !== "tokens") throw new Error(result.message);
  return result.tokens.refreshToken;
}

describe("signing in", () => {
  it("asks for a lasting consent with PKCE, for the scopes that sync needs", () => {
    const { searchParams } = new URL(oauth.authorizationUrl({ state: "s", codeChallenge: CHALLENGE, redirectUri: REDIRECT, loginHint: null }));
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: "code",
      client_id: KEY.clientId,
      redirect_uri: REDIRECT,
      access_type: "offline",
      prompt: "consent",
      state: "s",
      code_challenge: CHALLENGE,
      code_challenge_method: "S256",
      scope: "openid email https://www.googleapis.com/auth/calendar.readonly https://www.googleapis.com/auth/calendar.events",
    });
  });

  it("goes to Google itself unless there is a sandbox", () => {
    const google = opened({ GOOGLE_SANDBOX_URL: "" });
    const url = google.authorizationUrl({ state: "s", codeChallenge: CHALLENGE, redirectUri: REDIRECT, loginHint: null });
    expect(url).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
  });

  it("turns a code into tokens and tells whose they are", async () => {
    expect(await exchange()).toMatchObject({
      kind: "tokens",
      account: { subject: NORA.id, email: NORA.email },
      tokens: { accessToken: expect.any(String), refreshToken: expect.any(String), scopes: expect.arrayContaining(["openid"]) },
    });
  });

  it.each([
    ["another verifier", { codeVerifier: "w".repeat(64) }, "code_refused"],
    ["another redirect address", { redirectUri: `${REDIRECT}/` }, "redirect_uri_mismatch"],
    ["a made-up code", { code: "4/0Anothing" }, "code_refused"],
    ["an answer in somebody else's name", { issuer: "https://login.example.com" }, "wrong_issuer"],
  ])("refuses %s", async (_, changes, code) => {
    expect(await exchange(changes)).toMatchObject({ kind: "rejected", code });
  });

  it("says that a box was left empty", async () => {
    const onlyEvents = ["openid", "email", "https://www.googleapis.com/auth/calendar.events"];
    expect(await exchange({}, onlyEvents)).toMatchObject({ kind: "rejected", code: "scope_missing" });
  });

  it("names LinearTime's own registration where that is what is wrong", async () => {
    oauth = opened({ GOOGLE_CLIENT_SECRET: "wrong" });
    expect(await exchange()).toMatchObject({ kind: "rejected", code: "invalid_client", action: expect.stringContaining("GOOGLE_CLIENT_SECRET") });
  });

  it("believes no ID token that was made for another application", async () => {
    const back = await consent();
    const forOthers = googleOAuth(KEY, { issuers: ["https://somebody.example"], endpoints: sandboxEndpoints() });
    const request = { code: back.searchParams.get("code") ?? "", codeVerifier: VERIFIER, redirectUri: REDIRECT, issuer: null };
    expect(await forOthers.exchange(request)).toMatchObject({ kind: "rejected", code: "not_identified" });
  });
});

const sandboxEndpoints = () => ({
  oauth2TokenUrl: `${sandbox.url}/google/token`,
  oauth2FederatedSignonPemCertsUrl: `${sandbox.url}/google/oauth2/v1/certs`,
  oauth2FederatedSignonJwkCertsUrl: `${sandbox.url}/google/oauth2/v3/certs`,
});

describe("refreshing", () => {
  it("keeps the refresh token that it was given, or the one that took its place", async () => {
    const first = await refreshToken();
    expect(await oauth.refresh(first)).toMatchObject({ kind: "tokens", tokens: { refreshToken: first } });
    sandbox.control.google.changeSettings({ rotateRefreshTokens: true });
    const rotated = await oauth.refresh(first);
    if (rotated.kind !== "tokens") throw new Error(rotated.message);
    expect(rotated.tokens.refreshToken).not.toBe(first);
    expect(await oauth.refresh(rotated.tokens.refreshToken)).toMatchObject({ kind: "tokens" });
    expect(await oauth.refresh(first)).toMatchObject({ kind: "authRevoked", code: "invalid_grant" });
  });

  it("says in Google's words why a sign-in holds no longer", async () => {
    const token = await refreshToken();
    sandbox.control.google.revoke(NORA.email);
    expect(await oauth.refresh(token)).toMatchObject({
      kind: "authRevoked",
      code: "invalid_grant",
      message: expect.stringContaining("Token has been expired or revoked."),
    });
  });

  it.each([
    [{ do: "status", status: 503, retryAfterSeconds: 7 } as const, { kind: "unavailable", retryAfterMs: 7_000 }],
    [{ do: "status", status: 500 } as const, { kind: "unavailable", code: "server_error" }],
    [{ do: "status", status: 429 } as const, { kind: "rateLimited" }],
    [{ do: "not_json" } as const, { kind: "unavailable" }],
    [{ do: "missing_fields" } as const, { kind: "unavailable" }],
    [{ do: "lose_answer" } as const, { kind: "unavailable" }],
  ])("takes %j for what may pass, and asks once", async (effect, wanted) => {
    const token = await refreshToken();
    sandbox.control.faults.add({ match: "oauth.token.refresh_token", effect, times: null, share: 1, account: null });
    sandbox.control.calls.reset();
    expect(await oauth.refresh(token)).toMatchObject(wanted);
    expect(sandbox.control.calls.counts()["oauth.token.refresh_token"]).toBe(1);
  });

  it("takes silence for what may pass", async () => {
    const hangs = googleOAuth(KEY, { issuers: [] }, { fetch: () => Promise.reject(new DOMException("late", "TimeoutError")) });
    expect(await hangs.refresh("1//0x")).toMatchObject({ kind: "unavailable", code: "timed_out" });
  });
});

describe("revoking", () => {
  it("withdraws the consent, and takes a withdrawn one for done", async () => {
    const token = await refreshToken();
    expect(await oauth.revoke(token)).toEqual({ kind: "revoked" });
    expect(await oauth.refresh(token)).toMatchObject({ kind: "authRevoked" });
    expect(await oauth.revoke(token)).toEqual({ kind: "revoked" });
  });
});

it("is not there without keys, or for providers that nobody knows", () => {
  expect(openOAuth("google", { GOOGLE_CLIENT_ID: KEY.clientId })).toBeNull();
  expect(openOAuth("constructor", { GOOGLE_CLIENT_ID: KEY.clientId, GOOGLE_CLIENT_SECRET: KEY.clientSecret })).toBeNull();
});
