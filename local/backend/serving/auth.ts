import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { FunctionError, type Encoded } from "../values/encoded-value";
import type { Identity } from "../workers/worker-protocol";

const customJwt = z.object({
  type: z.literal("customJwt"),
  issuer: z.string(),
  jwks: z.string(),
  algorithm: z.enum(["RS256", "ES256"]),
  applicationID: z.string().nullish(),
});
const oidc = z.object({ domain: z.string(), applicationID: z.string() });
/** The default export of `auth.config.ts`. */
export const authConfig = z.object({ providers: z.array(z.union([customJwt, oidc])) });
export type AuthProvider = z.infer<typeof authConfig>["providers"][number];

/** Whom a token names, and until when (milliseconds since the epoch). */
export interface Verified {
  identity: Identity;
  expiresAt: number | null;
}

/** A token that proves nothing; the message says why, without the token. The code is what the real backend calls it. */
export class InvalidToken extends Error {
  constructor(
    message: string,
    readonly code: "Unauthenticated" | "BadAdminKey" = "Unauthenticated",
  ) {
    super(message);
  }
}

/** The names Convex gives to the standard claims (OpenID Connect Core 1.0, section 5.1). */
const CLAIM_NAMES: Record<string, string> = {
  given_name: "givenName",
  family_name: "familyName",
  preferred_username: "preferredUsername",
  profile: "profileUrl",
  picture: "pictureUrl",
  email_verified: "emailVerified",
  birthdate: "birthday",
  zoneinfo: "timezone",
  locale: "language",
  phone_number: "phoneNumber",
  phone_number_verified: "phoneNumberVerified",
  updated_at: "updatedAt",
};
/** A key set is fetched again for a key it does not have, but not more often than this: nobody can make us ask in vain all day. */
const KEYS_COOLDOWN_MS = 2000;
/** Keys taken out of a set are good for at most this long. */
const KEYS_MAX_AGE_MS = 10 * 60 * 1000;

/** A provider that does not answer for this long is out of reach: who signs in, and all that is asked on the same socket, waits for it. */
const KEYS_PATIENCE_MS = 5000;

/** Claims about the token rather than about the person. */
const TOKEN_CLAIMS = new Set(["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]);
/** What an identity says by itself: no claim can say it in its place. */
const OWN_FIELDS = ["tokenIdentifier", "issuer", "subject"];

/** Checks tokens against the providers of `auth.config`. */
export class TokenVerifier {
  private readonly keys = new Map<string, Promise<JWTVerifyGetKey>>();

  constructor(
    private readonly providers: readonly AuthProvider[],
    private readonly now: () => number,
    private readonly patienceMs = KEYS_PATIENCE_MS,
  ) {}

  /** Rejects with {@link InvalidToken}. */
  async verify(token: string): Promise<Verified> {
    const { iss, aud } = claimsOf(token);
    const provider = this.providers.find((candidate) => matches(candidate, iss, aud));
    if (provider === undefined) {
      throw new InvalidToken(`No auth provider found matching the given token (issuer ${iss ?? "(none)"}). Check that the auth config lists it.`);
    }
    const custom = "type" in provider;
    if (custom && headerOf(token).kid === undefined) {
      throw new InvalidToken("Could not validate token: its header has no `kid`, by which Convex finds the key of a customJwt provider.");
    }
    try {
      const keySet = await this.keySet(provider);
      const algorithms = custom ? [provider.algorithm] : ["RS256", "ES256"];
      const { payload } = await jwtVerify(token, keySet, { algorithms, currentDate: new Date(this.now()), clockTolerance: 5, requiredClaims: ["sub", "exp"] });
      if (typeof payload.sub !== "string") throw new Error('its "sub" claim is not text');
      return { identity: identityOf(payload, custom), expiresAt: payload.exp === undefined ? null : payload.exp * 1000 };
    } catch (thrown) {
      throw new InvalidToken(`Could not validate token: ${thrown instanceof Error ? thrown.message : "unknown reason"}`);
    }
  }

  private keySet(provider: AuthProvider): Promise<JWTVerifyGetKey> {
    const name = "type" in provider ? provider.jwks : provider.domain;
    let keys = this.keys.get(name);
    if (keys === undefined) {
      keys = "type" in provider ? fetchKeys(provider.jwks, this.patienceMs) : discover(provider.domain, this.patienceMs);
      this.keys.set(name, keys);
      // A provider that was out of reach is asked again for the next token.
      keys.catch(() => this.keys.delete(name));
    }
    return keys;
  }
}

function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new InvalidToken("The token is not a JSON Web Token.");
  }
}

function headerOf(token: string): { kid?: string } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new InvalidToken("The token is not a JSON Web Token.");
  }
}

function matches(provider: AuthProvider, issuer: string | undefined, audience: string | string[] | undefined): boolean {
  const expected = "type" in provider ? provider.issuer : withScheme(provider.domain);
  if (issuer === undefined || bare(issuer) !== bare(expected)) return false;
  const application = provider.applicationID;
  return application === undefined || application === null || [audience].flat().includes(application);
}

function bare(url: string): string {
  return url.replace(/\/$/, "");
}

function withScheme(domain: string): string {
  return /^https?:\/\//.test(domain) ? domain : `https://${domain}`;
}

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** Finds an issuer's keys (OpenID Connect Discovery 1.0, section 4): the document must name the same issuer. */
async function discover(domain: string, patienceMs: number): Promise<JWTVerifyGetKey> {
  const issuer = bare(withScheme(domain));
  const address = trusted(`${issuer}/.well-known/openid-configuration`);
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const document = discoveryDocument.parse(await response.json());
    if (bare(document.issuer) !== issuer) throw new Error("it names another issuer");
    return await fetchKeys(trusted(document.jwks_uri), patienceMs);
  } catch (thrown) {
    throw new Error(`OpenID configuration of ${domain}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

/** Keys that come over plain http could be anybody's, unless they come from this machine. */
function trusted(address: string): string {
  const { protocol, hostname } = new URL(address);
  const onThisMachine = protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
  if (protocol !== "https:" && !onThisMachine) throw new Error(`The keys of an issuer need https: ${address}`);
  return address;
}

async function fetchKeys(uri: string, patienceMs: number): Promise<JWTVerifyGetKey> {
  if (!uri.startsWith("data:")) {
    return createRemoteJWKSet(new URL(uri), { cooldownDuration: KEYS_COOLDOWN_MS, cacheMaxAge: KEYS_MAX_AGE_MS, timeoutDuration: patienceMs });
  }
  const comma = uri.indexOf(",");
  const body = uri.slice(comma + 1);
  const text = uri.slice(0, comma).endsWith(";base64") ? Buffer.from(body, "base64").toString("utf8") : decodeURIComponent(body);
  return createLocalJWKSet(z.custom<JSONWebKeySet>((value) => typeof value === "object" && value !== null && "keys" in value).parse(JSON.parse(text)));
}

/** Of a customJwt provider's claims, the fields of objects are named by their paths: `properties.email`. */
function identityOf(claims: JWTPayload, byPath: boolean): Identity {
  const identity: NonNullable<Identity> = {
    tokenIdentifier: `${claims.iss}|${claims.sub}`,
    issuer: claims.iss ?? "",
    subject: claims.sub ?? "",
  };
  for (const [claim, value] of Object.entries(claims)) {
    if (!TOKEN_CLAIMS.has(claim)) addClaim(identity, CLAIM_NAMES[claim] ?? claim, value as Encoded, byPath); // a claim is JSON
  }
  return identity;
}

function addClaim(identity: NonNullable<Identity>, name: string, value: Encoded, byPath: boolean): void {
  if (OWN_FIELDS.includes(name)) return;
  if (!byPath || typeof value !== "object" || value === null || Array.isArray(value)) identity[name] = value;
  else for (const [field, inner] of Object.entries(value)) addClaim(identity, `${name}.${field}`, inner, true);
}

/** The providers of an evaluated `auth.config`. Throws {@link FunctionError} when it is malformed. */
export function parseProviders(json: string | null): AuthProvider[] {
  if (json === null) return [];
  const parsed = authConfig.safeParse(JSON.parse(json));
  if (!parsed.success) throw new FunctionError(`Invalid auth.config: ${z.prettifyError(parsed.error)}`);
  return parsed.data.providers;
}
