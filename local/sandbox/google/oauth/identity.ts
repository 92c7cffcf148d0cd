import { createHash } from "node:crypto";
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, importSPKI, SignJWT, type JWK } from "jose";
import { type Account } from "../../accounts";

/** The key with which ID tokens are signed. */
export interface SigningKey {
  kid: string;
  /** PKCS #8 and SPKI, PEM. */
  privateKey: string;
  publicKey: string;
}

const ALGORITHM = "RS256";
const ID_TOKEN_LIFETIME_SECONDS = 3600;

export async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const pem = await exportSPKI(publicKey);
  return { kid: createHash("sha256").update(pem).digest("hex").slice(0, 40), privateKey: await exportPKCS8(privateKey), publicKey: pem };
}

/** The set that `jwks_uri` names. */
export async function keySet(key: SigningKey): Promise<{ keys: JWK[] }> {
  const jwk = await exportJWK(await importSPKI(key.publicKey, ALGORITHM, { extractable: true }));
  return { keys: [{ ...jwk, kid: key.kid, alg: ALGORITHM, use: "sig" }] };
}

export interface IdTokenFacts {
  issuer: string;
  clientId: string;
  nonce: string | null;
  /** Epoch milliseconds. */
  now: number;
}

/** An ID token as Google makes them: the profile claims are there only where their scopes were granted. */
export async function signIdToken(key: SigningKey, account: Account, scopes: readonly string[], facts: IdTokenFacts): Promise<string> {
  const issuedAt = Math.floor(facts.now / 1000);
  return new SignJWT({ ...profileOf(account, scopes), azp: facts.clientId, ...(facts.nonce === null ? {} : { nonce: facts.nonce }) })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: "JWT" })
    .setIssuer(facts.issuer)
    .setAudience(facts.clientId)
    .setSubject(account.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ID_TOKEN_LIFETIME_SECONDS)
    .sign(await importPKCS8(key.privateKey, ALGORITHM));
}

/** The claims beside `sub` that userinfo answers. */
export function profileOf(account: Account, scopes: readonly string[]): Record<string, string | boolean> {
  const has = (short: string): boolean => scopes.some((scope) => scope === short || scope.endsWith(`/userinfo.${short}`));
  const [givenName = account.name, ...rest] = account.name.split(" ");
  return {
    ...(has("email") ? { email: account.email, email_verified: true } : {}),
    ...(has("profile") ? { name: account.name, given_name: givenName, family_name: rest.join(" ") } : {}),
  };
}
