import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../testing/app/convex/_generated/api";
import { eventually, setEnvironment, startWorld, type World } from "../testing/harness";

/** An identity provider on loopback, whose keys can be changed. */
interface Provider {
  issuer: string;
  server: Server;
  keys: JWK[];
  keySetRequests: number;
}

let world: World;
let provider: Provider;
let [first, second]: (SigningKey | null)[] = [null, null];

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

async function newKey(kid: string, alg: "RS256" | "ES256"): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

interface Claims {
  [claim: string]: unknown;
}

function sign({ kid, privateKey, jwk }: SigningKey, subject: string, options: { issuer?: string; audience?: string; seconds?: number; kid?: string | null; claims?: Claims } = {}): Promise<string> {
  const { issuer = provider.issuer, audience = "fixture", seconds = 3600, claims = {} } = options;
  const named = options.kid === null ? {} : { kid: options.kid ?? kid };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: jwk.alg ?? "RS256", typ: "JWT", ...named })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(privateKey);
}

const AUTH_CONFIG = (issuer: string): string => `
export default {
  providers: [
    { domain: ${JSON.stringify(issuer)}, applicationID: "fixture" },
    { type: "customJwt", issuer: "https://by-url.test", algorithm: "RS256", jwks: ${JSON.stringify(`${issuer}/keys`)} },
    { type: "customJwt", issuer: "https://issuer.test", algorithm: "ES256", applicationID: "fixture", jwks: process.env.FIXTURE_JWKS },
  ],
};
`;

beforeAll(async () => {
  provider = { issuer: "", keys: [], keySetRequests: 0, server: createServer() };
  provider.server.on("request", (request, response) => {
    if (request.url === "/keys") provider.keySetRequests++;
    const answer = request.url === "/keys" ? { keys: provider.keys } : { issuer: provider.issuer, jwks_uri: `${provider.issuer}/keys` };
    response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => provider.server.listen(0, "127.0.0.1", resolve));
  provider.issuer = `http://127.0.0.1:${(provider.server.address() as AddressInfo).port}`;
  [first, second] = await Promise.all([newKey("first", "RS256"), newKey("second", "RS256")]);
  provider.keys = [first.jwk];
  world = await startWorld("app", (project) => writeFileSync(join(project, "convex", "auth.config.ts"), AUTH_CONFIG(provider.issuer)));
});
afterAll(async () => {
  provider.server.close();
  await world.end();
});

const keyOne = (): SigningKey => first as SigningKey;
const keyTwo = (): SigningKey => second as SigningKey;
const subjectOf = async (token: string): Promise<string> =>
  world
    .http(token)
    .query(api.notes.whoami, {})
    .then(
      (identity) => identity?.subject ?? "nobody",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

describe("an OIDC provider", () => {
  it("is found by discovery, and its audience checked", async () => {
    expect(await subjectOf(await sign(keyOne(), "ann"))).toBe("ann");
    expect(await subjectOf(await sign(keyOne(), "ann", { audience: "another" }))).toContain("No auth provider found");
    expect(await subjectOf(await sign(keyTwo(), "ann", { kid: "first" }))).toContain("Could not validate token");
  });

  it("may change its keys: the new one is accepted, the set not asked for at every token", async () => {
    provider.keys = [keyTwo().jwk, keyOne().jwk];
    const token = await sign(keyTwo(), "bea");
    await eventually(() => subjectOf(token), (subject) => subject === "bea");
    const asked = provider.keySetRequests;
    for (let i = 0; i < 5; i++) expect(await subjectOf(token)).toBe("bea");
    expect(provider.keySetRequests).toBe(asked);
  });
});

describe("a customJwt provider", () => {
  it("takes its keys from a URL, needs no audience, and names nested claims by their paths", async () => {
    const token = await sign(keyOne(), "carl", { issuer: "https://by-url.test", audience: "anything", claims: { properties: { email: "c@example.com", list: [1] }, given_name: "Carl" } });
    expect(await world.http(token).query(api.notes.whoami, {})).toEqual({
      tokenIdentifier: "https://by-url.test|carl",
      issuer: "https://by-url.test",
      subject: "carl",
      givenName: "Carl",
      "properties.email": "c@example.com",
      "properties.list": [1],
    });
  });

  it("refuses another algorithm, and a token that does not name its key", async () => {
    const es256 = await newKey("first", "ES256");
    expect(await subjectOf(await sign(es256, "dan", { issuer: "https://by-url.test" }))).toContain("Could not validate token");
    expect(await subjectOf(await sign(keyOne(), "dan", { issuer: "https://by-url.test", kid: null }))).toContain("no `kid`");
  });

  it("has new keys in a data: address as soon as the variable is set", async () => {
    const next = await newKey("next", "ES256");
    const token = await sign(next, "eve", { issuer: "https://issuer.test" });
    expect(await subjectOf(token)).toContain("Could not validate token");
    await setEnvironment(world.backend, { FIXTURE_JWKS: `data:text/plain;charset=utf-8;base64,${Buffer.from(JSON.stringify({ keys: [next.jwk] })).toString("base64")}` });
    expect(await subjectOf(token)).toBe("eve");
  });
});

describe("a token that ends during a connection", () => {
  it("is replaced by the client, and no query ever sees nobody", async () => {
    const client = world.live();
    const seen: { subject: string | null; token: unknown }[] = [];
    const authenticated: boolean[] = [];
    let asked = 0;
    // The first is over but for the tolerance of clocks: the server ends the connection with it. The second must be replaced
    // at once, and the third lasts.
    const lifetimes = [-3, 4];
    client.setAuth(
      () => sign(keyOne(), "flo", { seconds: lifetimes[asked++] ?? 3600, claims: { nonce: asked } }),
      (is) => authenticated.push(is),
    );
    client.onUpdate(api.notes.whoami, {}, (identity) => seen.push({ subject: identity?.subject ?? null, token: identity?.["nonce"] }));
    // A result with the second token may never come: the client can be faster with the third than the server with the query.
    await eventually(() => seen.at(-1)?.token, (token) => token === lifetimes.length + 1);
    await client.mutation(api.notes.increment, { name: "signed in" });
    expect(new Set(seen.map(({ subject }) => subject))).toEqual(new Set(["flo"]));
    expect(new Set(authenticated)).toEqual(new Set([true]));
  });

  it("that the client cannot replace leaves it signed out, and its queries told so", async () => {
    const client = world.live();
    const seen: (string | null)[] = [];
    const authenticated: boolean[] = [];
    const only = await sign(keyOne(), "gus", { seconds: -4 });
    client.setAuth(() => Promise.resolve(only), (is) => authenticated.push(is));
    client.onUpdate(api.notes.whoami, {}, (identity) => seen.push(identity?.subject ?? null));
    await eventually(() => authenticated.at(-1), (last) => last === false);
    await eventually(() => seen.at(-1), (last) => last === null);
  });
});
