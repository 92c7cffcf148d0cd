import { afterEach, beforeEach, expect, it, vi } from "vitest";

const VARIABLES = ["AUTH_MODE", "LOCAL_AUTH_ISSUER", "LOCAL_AUTH_JWKS", "CLERK_JWT_ISSUER_DOMAIN"];

async function providersWith(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return (await import("./auth.config")).default.providers;
}

beforeEach(() => {
  vi.resetModules();
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

it("trusts our own key, and nobody else, with local accounts", async () => {
  const local = { AUTH_MODE: "local", LOCAL_AUTH_ISSUER: "https://lineartime.localhost", LOCAL_AUTH_JWKS: "data:,{}" };
  expect(await providersWith({ ...local, CLERK_JWT_ISSUER_DOMAIN: "https://clerk.example.com" })).toEqual([
    {
      type: "customJwt",
      issuer: "https://lineartime.localhost",
      jwks: "data:,{}",
      applicationID: "convex",
      algorithm: "ES256",
    },
  ]);
});

it("trusts Clerk, and not our own key, where Clerk signs people in", async () => {
  const local = { LOCAL_AUTH_ISSUER: "https://lineartime.localhost", LOCAL_AUTH_JWKS: "data:,{}" };
  expect(await providersWith({ ...local, AUTH_MODE: "clerk", CLERK_JWT_ISSUER_DOMAIN: "https://clerk.example.com/" })).toEqual([
    { domain: "https://clerk.example.com", applicationID: "convex" },
  ]);
});

it.each(["local", "clerk"])("trusts no nameless issuer: %s without its variables fails", async (mode) => {
  await expect(providersWith({ AUTH_MODE: mode })).rejects.toThrow(/AUTH_MODE=.* needs/);
});
