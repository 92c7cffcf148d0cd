import { authModeOf } from "../../lib/auth/auth-mode";
import { clerkHostOf } from "../../lib/auth/clerk/publishable-key";
import type { Environment } from "../../lib/environment/validate";
import type { Secrets } from "./secrets";

/** One variable; without a value it is removed where it was set. */
export interface Change {
  readonly name: string;
  readonly value?: string;
}

const change = (name: string, value: string | undefined): Change => (value === undefined ? { name } : { name, value });

/**
 * What the deployment is told of signing in: how, and whose tokens are good. What belongs to the other way is
 * taken away, so that no token of it is accepted any more.
 */
export function signInOfDeployment(environment: Environment, secrets: Secrets): Change[] {
  const clerk = authModeOf(environment) === "clerk";
  return [
    { name: "AUTH_MODE", value: clerk ? "clerk" : "local" },
    change("LOCAL_AUTH_ISSUER", clerk ? undefined : secrets.issuer),
    change("LOCAL_AUTH_JWKS", clerk ? undefined : secrets.jwks),
    change("CLERK_JWT_ISSUER_DOMAIN", clerk ? clerkIssuerDomain(environment) : undefined),
    change("CLERK_WEBHOOK_SECRET", clerk ? environment.CLERK_WEBHOOK_SECRET : undefined),
  ];
}

/** What `auth.config.ts` reads: when it changes, the functions have to be pushed again. */
export function authConfigFacts(environment: Environment, secrets: Secrets): string[] {
  const issuer = authModeOf(environment) === "clerk" ? clerkIssuerDomain(environment) : undefined;
  return issuer === undefined ? [secrets.issuer, secrets.jwks] : ["clerk", issuer];
}

function clerkIssuerDomain(environment: Environment): string | undefined {
  if (environment.CLERK_JWT_ISSUER_DOMAIN !== undefined) return environment.CLERK_JWT_ISSUER_DOMAIN;
  const host = clerkHostOf(environment.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY ?? "");
  return host === null ? undefined : `https://${host}`;
}

/** What the web server is told of signing in. */
export type WebSignIn =
  | { readonly AUTH_MODE: "local"; readonly LOCAL_AUTH_PRIVATE_KEY: string; readonly LOCAL_AUTH_ISSUER: string }
  | {
      readonly AUTH_MODE: "clerk";
      readonly NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: string;
      readonly CLERK_SECRET_KEY: string;
      readonly CLERK_JWT_KEY: string;
    };

/** With local accounts the web server signs tokens; `signer` is the key and the name it does that with. */
export function signInOfWeb(environment: Environment, signer: { privateKey: string; issuer: string }): WebSignIn {
  if (authModeOf(environment) === "local") {
    return { AUTH_MODE: "local", LOCAL_AUTH_PRIVATE_KEY: signer.privateKey, LOCAL_AUTH_ISSUER: signer.issuer };
  }
  return {
    AUTH_MODE: "clerk",
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: environment.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY ?? "",
    CLERK_SECRET_KEY: environment.CLERK_SECRET_KEY ?? "",
    CLERK_JWT_KEY: environment.CLERK_JWT_KEY ?? "",
  };
}
