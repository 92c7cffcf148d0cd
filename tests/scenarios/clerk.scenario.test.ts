import { createHmac } from "node:crypto";
import { ConvexHttpClient } from "convex/browser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { signAccessToken } from "../../lib/auth/access-token";
import { startTestBackend, type TestBackend } from "../support/backend";
import { startIssuer, type Issuer, type TokenChanges } from "../support/issuer";

const KEY = Buffer.alloc(32, 7);
const NORA = { email: "nora@example.com", name: "Nora Berg" };

let issuer: Issuer;
let backend: TestBackend;
beforeAll(async () => {
  issuer = await startIssuer();
  backend = await startTestBackend({
    environment: {
      NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: `pk_test_${btoa("clerk.example.com$")}`,
      CLERK_SECRET_KEY: "sk_test_of_this_test",
      CLERK_JWT_ISSUER_DOMAIN: issuer.url,
      CLERK_WEBHOOK_SECRET: `whsec_${KEY.toString("base64")}`,
    },
  });
});
afterAll(async () => {
  await backend?.dispose();
  await issuer?.stop();
});

const as = (token: string) => new ConvexHttpClient(backend.url, { auth: token, logger: false });
const personWith = async (subject: string, changes?: TokenChanges) => as(await issuer.token(subject, changes));

/** Delivers a message as Clerk's webhook does, signed. */
function deliver(id: string, type: string, data: unknown) {
  const body = JSON.stringify({ type, object: "event", data });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac("sha256", KEY).update(`${id}.${timestamp}.${body}`).digest("base64");
  return new ConvexHttpClient(backend.url, { logger: false }).mutation(api.accounts.clerkWebhook.receive, {
    secret: backend.secrets.serverSecret,
    deliveryId: id,
    timestamp,
    signature: `v1,${mac}`,
    body,
  });
}

describe("where Clerk signs people in", () => {
  it("a token of the issuer signs a person in; their account is made by the first page they open", async () => {
    const nora = await personWith("user_nora", { claims: NORA });
    expect(await nora.query(api.accounts.me.get, {})).toBeNull();
    await Promise.all([1, 2, 3].map(() => nora.mutation(api.accounts.enrolment.ensure, {})));
    expect(await nora.query(api.accounts.me.get, {})).toEqual({ ...NORA, organizationName: NORA.name, role: "owner" });
    expect(issuer.requests).toContain("/.well-known/openid-configuration");
  });

  it.each<[string, TokenChanges]>([
    ["for another audience", { audience: "somebody-else" }],
    ["of another issuer", { issuer: "https://clerk.example.com" }],
    ["that is over", { lifetimeS: -60 }],
    ["with a key id that nobody knows", { kid: "key-2" }],
    ["signed with a key that was never published", { forged: true }],
  ])("a token %s is refused", async (_, changes) => {
    const client = await personWith("user_nora", { claims: NORA, ...changes });
    await expect(client.query(api.accounts.me.get, {})).rejects.toThrow();
    await expect(client.mutation(api.accounts.enrolment.ensure, {})).rejects.toThrow();
  });

  it("an unsigned token, and one of a local account, are refused", async () => {
    const [, claims] = (await issuer.token("user_nora")).split(".");
    const header = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    await expect(as(`${header}.${claims}.`).query(api.accounts.me.get, {})).rejects.toThrow();
    const { authPrivateKey: privateKey, issuer: name } = backend.secrets;
    const local = await signAccessToken({ privateKey, issuer: name }, { subject: "x", ...NORA }, Date.now());
    await expect(as(local).query(api.accounts.me.get, {})).rejects.toThrow();
  });

  it("the webhook and the token mean the same person; a deletion ends the account although the token is good", async () => {
    const person = { id: "user_omar", email_addresses: [{ id: "idn_1", email_address: "omar@example.com" }], updated_at: 1_000 };
    expect(await deliver("msg_1", "user.created", { ...person, first_name: "Omar" })).toBe("accepted");
    const omar = await personWith("user_omar", { claims: { email: "omar@example.com", name: "An older name" } });
    await omar.mutation(api.accounts.enrolment.ensure, {});
    expect(await omar.query(api.accounts.me.get, {})).toMatchObject({ name: "Omar", email: "omar@example.com" });

    expect(await deliver("msg_2", "user.deleted", { id: "user_omar", deleted: true })).toBe("accepted");
    expect(await omar.query(api.accounts.me.get, {})).toBeNull();
    await expect(omar.mutation(api.accounts.enrolment.ensure, {})).rejects.toThrow(/deleted/);
  });
});
