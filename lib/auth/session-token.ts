import { createHash, randomBytes } from "node:crypto";

/** A new session's value for the cookie: 32 random bytes, base64url. */
export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256, hex: how `sessions` knows a cookie. */
export function hashSessionToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
