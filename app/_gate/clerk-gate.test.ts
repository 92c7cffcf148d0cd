import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { importPKCS8, SignJWT } from "jose";
import { NextRequest, type NextFetchEvent } from "next/server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const HOST = "clerk.example.com";
const SITE = "https://calendar.example.com";
const PUBLISHABLE_KEY = `pk_live_${btoa(`${HOST}$`)}`;
const pem = (key: KeyObject) => key.export({ format: "pem", type: key.type === "private" ? "pkcs8" : "spki" }).toString();
const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("CLERK_SECRET_KEY", "sk_live_of_this_test_alone_0123456789");
  vi.stubEnv("CLERK_JWT_KEY", pem(own.publicKey));
  vi.stubGlobal("fetch", () => Promise.reject(new Error("nobody may be asked")));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

interface Token {
  key?: KeyObject;
  alg?: "RS256" | "HS256";
  issuer?: string;
  lifetimeS?: number;
}

/** A session token as Clerk makes them. */
async function token({ key = own.privateKey, alg = "RS256", issuer = `https://${HOST}`, lifetimeS = 60 }: Token = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const signer = alg === "HS256" ? new TextEncoder().encode(pem(own.publicKey)) : await importPKCS8(pem(key), alg);
  return await new SignJWT({ sid: "sess_1", azp: SITE, v: 2 })
    .setProtectedHeader({ alg, typ: "JWT", kid: "ins_1" })
    .setIssuer(issuer)
    .setSubject("user_1")
    .setIssuedAt(now - 120)
    .setNotBefore(now - 120)
    .setExpirationTime(now + lifetimeS)
    .sign(signer);
}

async function visit(path: string, session?: string): Promise<Response> {
  const { clerkGate } = await import("./clerk-gate");
  const cookie = session === undefined ? "" : `__session=${session}; __client_uat=${Math.floor(Date.now() / 1000) - 300}`;
  const headers = { cookie, accept: "text/html", "sec-fetch-dest": "document" };
  const response = await clerkGate(PUBLISHABLE_KEY)(new NextRequest(`${SITE}${path}`, { headers }), {} as NextFetchEvent);
  if (!(response instanceof Response)) throw new Error("the gate gave no answer");
  return response;
}

const location = (response: Response) => response.headers.get("location");

it("sends people without a session to the sign-in page, and shows them that", async () => {
  expect(location(await visit("/calendar?view=year"))).toBe(`${SITE}/sign-in?next=%2Fcalendar%3Fview%3Dyear`);
  expect(location(await visit("/api/oauth/google/callback?code=x"))).toBe(`${SITE}/sign-in?next=%2Fconnections`);
  const door = await visit("/sign-in");
  expect(location(door)).toBeNull();
  expect(door.headers.get("content-security-policy")).toContain(`https://${HOST}`);
});

it("lets people with a session of the test's own key in, and away from the sign-in page", async () => {
  const page = await visit("/calendar", await token());
  expect(page.status).toBe(200);
  expect(location(page)).toBeNull();
  expect(page.headers.get("x-middleware-next")).toBe("1");
  expect(page.headers.has("x-middleware-rewrite")).toBe(false);
  expect(location(await visit("/sign-in", await token()))).toBe(`${SITE}/calendar`);
});

it.each<[string, Token]>([
  ["signed with another key", { key: foreign.privateKey }],
  ["signed with the public key as a shared secret", { alg: "HS256" }],
  ["that is over", { lifetimeS: -60 }],
])("lets nobody in with a token %s", async (_, wrong) => {
  const response = await visit("/calendar", await token(wrong));
  expect(location(response)).not.toBeNull();
  expect(location(response)).not.toMatch(/^https:\/\/calendar\.example\.com\/calendar/);
});

it("lets nobody in with an unsigned token", async () => {
  const [, claims] = (await token()).split(".");
  const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: "ins_1" })).toString("base64url");
  expect(location(await visit("/calendar", `${header}.${claims}.`))).not.toBeNull();
});

it("never hands the secret key on", async () => {
  const response = await visit("/calendar", await token());
  expect(JSON.stringify([...response.headers])).not.toContain("sk_live");
});
