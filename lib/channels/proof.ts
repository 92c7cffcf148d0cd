/** What one may ask a route to prove itself with. */
const CHALLENGE = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * How a route answers a challenge, so that whoever holds the same secret knows that it reached this LinearTime and no other:
 * HMAC-SHA256 of the challenge, hex. Null for what is not a challenge.
 */
export async function proofOf(challenge: string, secret: string): Promise<string | null> {
  if (!CHALLENGE.test(challenge)) return null;
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes.encode(`callback ${challenge}`));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
