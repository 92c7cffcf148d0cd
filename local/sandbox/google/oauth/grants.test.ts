import { describe, expect, it } from "vitest";
import { Grants, NO_GRANTS, verifierFits } from "./grants";

function grantsAt(clock: { now: number }): Grants {
  return new Grants(structuredClone(NO_GRANTS), () => clock.now);
}

const CODE = { accountId: "1", clientId: "c", redirectUri: "http://127.0.0.1/", scopes: ["openid"], nonce: null, codeChallenge: null, offline: true };

describe("codes", () => {
  it("work once, for their own client, for ten minutes", () => {
    const clock = { now: 0 };
    const grants = grantsAt(clock);
    const code = grants.issueCode(CODE);
    expect(grants.redeem(code, "another client")).toBeNull();
    expect(grants.redeem(code, "c")).toMatchObject({ accountId: "1" });
    expect(grants.redeem(code, "c")).toBeNull();
    const late = grants.issueCode(CODE);
    clock.now = 600_000;
    expect(grants.redeem(late, "c")).toBeNull();
  });
});

describe("tokens", () => {
  it("expire, and end together when any of their grant is revoked", () => {
    const clock = { now: 0 };
    const grants = grantsAt(clock);
    const { id } = grants.allow("1", "c", ["openid"]);
    const [access, refresh, other] = [grants.issueAccessToken(id, ["openid"], 60), grants.issueRefreshToken(id, ["openid"]), grants.issueRefreshToken(id, ["openid"])];
    expect(grants.accessTokenOf(access)).toMatchObject({ grant: { accountId: "1" } });
    expect(grants.refreshTokenOf(refresh, "another client")).toBeNull();
    clock.now = 60_000;
    expect(grants.accessTokenOf(access)).toBeNull();
    expect(grants.revokeByToken(other)).toBe(true);
    expect(grants.refreshTokenOf(refresh, "c")).toBeNull();
    expect(grants.revokeByToken(other)).toBe(false);
    expect(grants.has("1", "c")).toBe(false);
  });

  it("of one account end without touching another's", () => {
    const grants = grantsAt({ now: 0 });
    const [first, second] = ["1", "2"].map((account) => grants.issueRefreshToken(grants.allow(account, "c", ["openid"]).id, ["openid"]));
    expect(grants.revokeAccount("1")).toBe(1);
    expect(grants.refreshTokenOf(first ?? "", "c")).toBeNull();
    expect(grants.refreshTokenOf(second ?? "", "c")).not.toBeNull();
  });
});

describe("PKCE", () => {
  it("accepts the verifier of RFC 7636, appendix B, and no other", () => {
    const challenge = { value: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", method: "S256" as const };
    expect(verifierFits(challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(true);
    expect(verifierFits(challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl")).toBe(false);
  });
});
