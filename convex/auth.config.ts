import type { AuthConfig } from "convex/server";
import { clerkIssuerOf } from "../lib/auth/clerk/issuer";

type Provider = AuthConfig["providers"][number];

/*
 * Who may sign tokens. `AUTH_MODE` exists on every deployment; the other variables are read
 * only in the mode that needs them.
 */
function localProvider(): Provider {
  const { LOCAL_AUTH_ISSUER: issuer, LOCAL_AUTH_JWKS: jwks } = process.env;
  if (!issuer || !jwks) throw new Error("AUTH_MODE=local needs LOCAL_AUTH_ISSUER and LOCAL_AUTH_JWKS.");
  return { type: "customJwt", issuer, jwks, applicationID: "convex", algorithm: "ES256" };
}

/** Clerk's JWT template "convex" names the same application. */
function clerkProvider(): Provider {
  const domain = process.env.CLERK_JWT_ISSUER_DOMAIN;
  if (!domain) throw new Error("AUTH_MODE=clerk needs CLERK_JWT_ISSUER_DOMAIN.");
  return { domain: clerkIssuerOf(domain), applicationID: "convex" };
}

function providers(): Provider[] {
  switch (process.env.AUTH_MODE) {
    case "local":
      return [localProvider()];
    case "clerk":
      return [clerkProvider()];
    default:
      return [];
  }
}

const config: AuthConfig = { providers: providers() };

export default config;
