import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TokenVerifier } from "./auth";

const PATIENCE_MS = 50;
const ISSUER = "https://issuer.test";
let privateKey: CryptoKey;
let jwks: string;
/** It takes every connection, and never says a word. */
let silent: Server;

beforeAll(async () => {
  const pair = await generateKeyPair("RS256");
  privateKey = pair.privateKey;
  jwks = `data:application/json,${encodeURIComponent(JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: "k", alg: "RS256" }] }))}`;
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
});
afterAll(() => silent.close());

function sign(issuer: string, claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k" }).setIssuer(issuer).setAudience("app").setExpirationTime("1h").sign(privateKey);
}

const custom = (): TokenVerifier => new TokenVerifier([{ type: "customJwt", issuer: ISSUER, algorithm: "RS256", jwks }], Date.now);

describe("TokenVerifier", () => {
  it("lets no claim say who somebody is but those that are made for it", async () => {
    const token = await sign(ISSUER, { sub: "ann", subject: "bob", issuer: "another", tokenIdentifier: "another|bob", name: "Ann" });
    const { identity } = await custom().verify(token);
    expect(identity).toEqual({ subject: "ann", issuer: ISSUER, tokenIdentifier: `${ISSUER}|ann`, name: "Ann" });
  });

  it("refuses a token whose subject is not text", async () => {
    await expect(custom().verify(await sign(ISSUER, { sub: 7 as unknown as string }))).rejects.toThrow('"sub" claim is not text');
  });

  it.each(["oidc", "customJwt"])("gives up on a provider that does not answer (%s)", async (type) => {
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const provider = type === "oidc" ? { domain: address, applicationID: "app" } : { type: "customJwt" as const, issuer: address, algorithm: "RS256" as const, jwks: `${address}/keys` };
    await expect(new TokenVerifier([provider], Date.now, PATIENCE_MS).verify(await sign(address, { sub: "ann" }))).rejects.toThrow(/Could not validate token: .*(timeout|timed out)/);
  });
});
