import { expect, it } from "vitest";
import type { Environment } from "../../lib/environment/validate";
import type { Secrets } from "./secrets";
import { authConfigFacts, signInOfDeployment, signInOfWeb } from "./sign-in";

const secrets: Secrets = {
  adminKey: "a",
  serverSecret: "s",
  encryptionKeys: "e",
  authPrivateKey: "p",
  issuer: "https://lineartime.localhost",
  jwks: "data:text/plain;charset=utf-8;base64,e30=",
};
const signer = { privateKey: "p", issuer: "https://lineartime.localhost" };
const clerk: Environment = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: `pk_test_${btoa("clerk.example.com$")}`,
  CLERK_SECRET_KEY: "sk_test_1",
};
const told = (environment: Environment) =>
  Object.fromEntries(signInOfDeployment(environment, secrets).map(({ name, value }) => [name, value]));

it("tells nobody of Clerk without its keys", () => {
  expect(told({})).toEqual({
    AUTH_MODE: "local",
    LOCAL_AUTH_ISSUER: secrets.issuer,
    LOCAL_AUTH_JWKS: secrets.jwks,
    CLERK_JWT_ISSUER_DOMAIN: undefined,
    CLERK_WEBHOOK_SECRET: undefined,
  });
  expect(signInOfWeb({}, signer)).toEqual({
    AUTH_MODE: "local",
    LOCAL_AUTH_PRIVATE_KEY: "p",
    LOCAL_AUTH_ISSUER: secrets.issuer,
  });
});

it("reads the issuer out of the publishable key, and takes the local issuer away", () => {
  expect(told(clerk)).toMatchObject({
    AUTH_MODE: "clerk",
    LOCAL_AUTH_ISSUER: undefined,
    LOCAL_AUTH_JWKS: undefined,
    CLERK_JWT_ISSUER_DOMAIN: "https://clerk.example.com",
  });
  expect(told({ ...clerk, CLERK_JWT_ISSUER_DOMAIN: "http://127.0.0.1:4000" })).toMatchObject({
    CLERK_JWT_ISSUER_DOMAIN: "http://127.0.0.1:4000",
  });
});

it("gives the web server Clerk's keys and not the key of local accounts", () => {
  expect(signInOfWeb(clerk, signer)).toEqual({ AUTH_MODE: "clerk", ...clerk, CLERK_JWT_KEY: "" });
});

it("pushes again when the way to sign in changes", () => {
  expect(authConfigFacts({}, secrets)).toEqual([secrets.issuer, secrets.jwks]);
  expect(authConfigFacts(clerk, secrets)).toEqual(["clerk", "https://clerk.example.com"]);
});
