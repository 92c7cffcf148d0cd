import { convexTest, type TestConvex } from "convex-test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { convexModules } from "../../tests/support/convex-modules";
import { api } from "../_generated/api";
import schema from "../schema";

const ISSUER = "https://clerk.example.com";
const NORA = {
  issuer: ISSUER,
  subject: "user_1",
  tokenIdentifier: `${ISSUER}|user_1`,
  email: "nora@example.com",
  name: "Nora Berg",
};

let t: TestConvex<typeof schema>;
beforeEach(() => {
  vi.stubEnv("AUTH_MODE", "clerk");
  vi.stubEnv("CLERK_JWT_ISSUER_DOMAIN", "clerk.example.com/");
  t = convexTest(schema, convexModules);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const counts = () =>
  t.run(async (ctx) => [
    (await ctx.db.query("users").collect()).length,
    (await ctx.db.query("organizations").collect()).length,
    (await ctx.db.query("memberships").collect()).length,
  ]);

it("gives whoever signs in for the first time a user, an organization and a membership, once", async () => {
  const nora = t.withIdentity(NORA);
  expect(await nora.query(api.accounts.me.get, {})).toBeNull();
  await Promise.all(Array.from({ length: 20 }, () => nora.mutation(api.accounts.enrolment.ensure, {})));
  expect(await counts()).toEqual([1, 1, 1]);
  expect(await nora.query(api.accounts.me.get, {})).toEqual({
    name: "Nora Berg",
    email: "nora@example.com",
    organizationName: "Nora Berg",
    role: "owner",
  });
});

it("takes over a changed name while the webhook has said nothing", async () => {
  await t.withIdentity(NORA).mutation(api.accounts.enrolment.ensure, {});
  const renamed = t.withIdentity({ ...NORA, name: "Nora Lind" });
  await renamed.mutation(api.accounts.enrolment.ensure, {});
  expect(await renamed.query(api.accounts.me.get, {})).toMatchObject({ name: "Nora Lind" });
  expect(await counts()).toEqual([1, 1, 1]);
});

it("leaves what the webhook has said: a token may be older", async () => {
  await t.withIdentity(NORA).mutation(api.accounts.enrolment.ensure, {});
  await t.run(async (ctx) => {
    await ctx.db.insert("clerkUsers", { tokenIdentifier: NORA.tokenIdentifier, changedAt: 1, deleted: false });
  });
  const older = t.withIdentity({ ...NORA, name: "Somebody" });
  await older.mutation(api.accounts.enrolment.ensure, {});
  expect(await older.query(api.accounts.me.get, {})).toMatchObject({ name: "Nora Berg" });
});

it("names a person whose token says no name after their address", async () => {
  const nameless = t.withIdentity({ ...NORA, name: undefined });
  await nameless.mutation(api.accounts.enrolment.ensure, {});
  expect(await nameless.query(api.accounts.me.get, {})).toMatchObject({ name: "nora@example.com" });
});

it("refuses nobody, and makes nothing for another issuer or for local accounts", async () => {
  await expect(t.mutation(api.accounts.enrolment.ensure, {})).rejects.toThrow(/Sign in/);
  const foreign = { ...NORA, issuer: "https://other.example.com", tokenIdentifier: "https://other.example.com|user_1" };
  await t.withIdentity(foreign).mutation(api.accounts.enrolment.ensure, {});
  vi.stubEnv("AUTH_MODE", "local");
  await t.withIdentity(NORA).mutation(api.accounts.enrolment.ensure, {});
  expect(await counts()).toEqual([0, 0, 0]);
});
