import { toBase64Url } from "./base64";

/** A value that nobody can guess, for an address: 32 random bytes, base64url. Also a PKCE verifier (RFC 7636 §4.1). */
export function randomValue(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** The S256 challenge of a verifier (RFC 7636 §4.2): base64url of its SHA-256. */
export async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return toBase64Url(new Uint8Array(digest));
}
