import { describe, expect, it } from "vitest";
import { readAuthorization } from "./authorization-request";
import { type OAuthClient } from "./clients";

const REDIRECT = "https://calendar.example/api/oauth/google/callback";
const CLIENT: OAuthClient = { id: "client", secret: "secret", redirectUris: [REDIRECT] };
const LOCAL: OAuthClient = { id: "local", secret: "secret", redirectUris: [] };
const read = (changes: Record<string, string>) =>
  readAuthorization(new URLSearchParams({ client_id: "client", redirect_uri: REDIRECT, response_type: "code", scope: "openid", ...changes }), [CLIENT, LOCAL]);

describe("an authorization request", () => {
  it("is read with everything that it says", () => {
    const challenge = "c".repeat(43);
    expect(read({ state: "s", access_type: "offline", prompt: "consent", code_challenge: challenge, code_challenge_method: "S256" })).toMatchObject({
      ok: true,
      request: { redirectUri: REDIRECT, scopes: ["openid"], state: "s", offline: true, prompt: ["consent"], codeChallenge: { value: challenge, method: "S256" } },
    });
  });

  it.each([`${REDIRECT}/`, `${REDIRECT}?a=b`, "https://calendar.example/api/oauth/google/../google/callback", "https://calendar.example.evil.example/api/oauth/google/callback", ""])(
    "is shown a refusal, and never led to the unregistered address %s",
    (redirect_uri) => {
      expect(read({ redirect_uri })).toMatchObject({ ok: false, show: { status: 400, code: "redirect_uri_mismatch" } });
    },
  );

  it("of an unknown client is refused on the page", () => {
    expect(read({ client_id: "stranger" })).toMatchObject({ ok: false, show: { status: 401, code: "invalid_client" } });
  });

  it("of a client without registered addresses leads to this machine only", () => {
    expect(read({ client_id: "local", redirect_uri: "http://127.0.0.1:3000/callback" })).toMatchObject({ ok: true });
    expect(read({ client_id: "local", redirect_uri: "http://localhost@example.com/" })).toMatchObject({ ok: false });
    expect(read({ client_id: "local", redirect_uri: REDIRECT })).toMatchObject({ ok: false });
  });

  it.each<[string, Record<string, string>, string]>([
    ["another response type", { response_type: "token" }, "unsupported_response_type"],
    ["a scope that does not exist", { scope: "openid calendar.everything" }, "invalid_scope"],
    ["no scope", { scope: " " }, "invalid_scope"],
    ["a challenge that is too short", { code_challenge: "short", code_challenge_method: "S256" }, "invalid_request"],
    ["a challenge method that does not exist", { code_challenge: "c".repeat(43), code_challenge_method: "S512" }, "invalid_request"],
  ])("with %s is sent back with the reason", (_what, changes, error) => {
    expect(read({ state: "s", ...changes })).toMatchObject({ ok: false, redirect: { to: REDIRECT, error, state: "s" } });
  });
});
