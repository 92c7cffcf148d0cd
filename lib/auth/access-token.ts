import { calculateJwkThumbprint, exportJWK, importPKCS8, SignJWT } from "jose";

/** Minutes that an access token is good for; the client asks for a new one before. */
const LIFETIME_S = 10 * 60;

/**
 * Signs the tokens that a browser shows to Convex (ES256, `aud: "convex"`). Convex finds the key in the published set by its
 * `kid` only (docs.convex.dev/auth/advanced/custom-jwt); there it is the key's thumbprint (RFC 7638).
 */
export interface TokenSigner {
  /** PKCS #8, base64 of the PEM text. */
  privateKey: string;
  issuer: string;
}

/** A token for one person, good for ten minutes from `now` (epoch milliseconds). */
export async function signAccessToken(
  signer: TokenSigner,
  person: { subject: string; email: string; name: string },
  now: number,
): Promise<string> {
  const pem = Buffer.from(signer.privateKey, "base64").toString("utf8");
  const key = await importPKCS8(pem, "ES256", { extractable: true });
  const kid = await calculateJwkThumbprint(await exportJWK(key));
  const issuedAt = Math.floor(now / 1000);
  return await new SignJWT({ email: person.email, name: person.name })
    .setProtectedHeader({ alg: "ES256", typ: "JWT", kid })
    .setIssuer(signer.issuer)
    .setAudience("convex")
    .setSubject(person.subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_S)
    .sign(key);
}
