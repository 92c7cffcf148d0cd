import { createHmac, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startStack, type Stack } from "../support/stack";

const KEY = Buffer.alloc(32, 7);
const PUBLISHABLE_KEY = `pk_live_${btoa("clerk.example.com$")}`;
const SECRET_KEY = "sk_live_of_this_test_alone_0123456789";
const own = generateKeyPairSync("rsa", { modulusLength: 2048 });

const keys = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
  CLERK_SECRET_KEY: SECRET_KEY,
  CLERK_JWT_KEY: own.publicKey.export({ format: "pem", type: "spki" }).toString(),
  CLERK_WEBHOOK_SECRET: `whsec_${KEY.toString("base64")}`,
};

let stack: Stack;
beforeAll(async () => {
  stack = await startStack(undefined, keys);
});
afterAll(async () => {
  await stack?.dispose();
});

const person = { name: "Nora", email: "nora@example.com", password: "correct horse battery" };
const post = (path: string) =>
  fetch(`${stack.url}${path}`, { method: "POST", headers: { origin: stack.url }, body: JSON.stringify(person) });

/** All scripts that the sign-in page asks for at once, as one text. */
async function scripts(): Promise<string> {
  const page = await (await fetch(`${stack.url}/sign-in`)).text();
  const addresses = [...page.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, address = ""]) => new URL(address, stack.url));
  expect(addresses).not.toEqual([]);
  return (await Promise.all(addresses.map(async (address) => (await fetch(address)).text()))).join("\n");
}

/** Delivers a message to the web server, signed as Clerk signs. */
async function deliver(body: string, change: Record<string, string> = {}): Promise<[number, string]> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac("sha256", KEY).update(`msg_1.${timestamp}.${body}`).digest("base64");
  const headers = { "svix-id": "msg_1", "svix-timestamp": timestamp, "svix-signature": `v1,${mac}`, ...change };
  const response = await fetch(`${stack.url}/api/webhooks/clerk`, { method: "POST", body, headers });
  return [response.status, await response.text()];
}

it("the same build shows Clerk's sign-in page, allows its instance and gives no secret away", async () => {
  const response = await fetch(`${stack.url}/calendar`);
  expect(response.url).toBe(`${stack.url}/sign-in?next=%2Fcalendar`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-security-policy")).toContain("https://clerk.example.com");
  const page = await response.text();
  expect(page).toContain(PUBLISHABLE_KEY);
  expect(page).not.toContain(SECRET_KEY);
});

it("has no local accounts beside Clerk's", async () => {
  for (const door of ["sign-in", "sign-up"]) {
    expect((await post(`/api/auth/${door}`)).status).toBe(404);
  }
  expect((await fetch(`${stack.url}/api/auth/token`)).status).toBe(404);
});

it("takes Clerk's webhook, again and again, and refuses everybody else's in the same words", async () => {
  const body = JSON.stringify({ type: "user.created", data: { id: "user_1", email_addresses: [], username: "Zoë", updated_at: 1 } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(body)));
  expect(new Set(answers.map(([status]) => status))).toEqual(new Set([200]));
  const refused = [401, '{"ok":false}'];
  expect(await deliver(body, { "svix-signature": "v1,AAAA" })).toEqual(refused);
  expect(await deliver(body, { "svix-id": "msg_2" })).toEqual(refused);
  expect(await deliver(body, { "svix-timestamp": "1700000000" })).toEqual(refused);
  expect((await deliver(body, { "svix-timestamp": "1700000000junk" }))[0]).toBe(400);
  expect((await deliver(`{"a":"${"x".repeat(300_000)}"}`))[0]).toBe(413);
});

it("without the keys, the same state folder and the same build have local accounts again, and nothing of Clerk", async () => {
  await stack.stop();
  stack = await startStack(stack.home);
  const door = await fetch(`${stack.url}/sign-in`);
  expect(await door.text()).toContain('type="password"');
  expect(door.headers.get("content-security-policy")).not.toContain("clerk");
  expect(await scripts()).not.toMatch(/@clerk\/|clerk\.browser|__clerk/);
  expect((await post("/api/auth/sign-up")).status).toBe(200);
  const ignored = await deliver(JSON.stringify({ type: "user.deleted", data: { id: "user_1" } }));
  expect(ignored[0]).toBe(401);

  await stack.stop();
  stack = await startStack(stack.home, keys);
  expect((await post("/api/auth/sign-in")).status).toBe(404);
  expect((await deliver(JSON.stringify({ type: "user.deleted", data: { id: "user_1" } }), { "svix-id": "msg_1" }))[0]).toBe(200);
});
