import type { AuthChallenge } from "./auth-challenges";
import { type DigestHash, hexHash } from "./message-digest";

/** A Digest challenge that we can answer (RFC 7616 §3.3). */
export interface DigestChallenge {
  realm: string;
  nonce: string;
  /** To be sent back as it came; null where there was none. */
  opaque: string | null;
  /** As the server spelt it; null where it said nothing, which means MD5. */
  algorithm: string | null;
  hash: DigestHash;
  /** Of the `-sess` variants: the password's hash is bound to the nonce. */
  session: boolean;
  /** Null for servers of before 1999, which know no counting. */
  qop: "auth" | null;
  /** The credentials were right, the nonce was too old. */
  stale: boolean;
}

export interface DigestRequest {
  username: string;
  password: string;
  method: string;
  /** Path and query as they are sent. */
  uri: string;
  /** How often this nonce has been used, this time included. */
  nonceCount: number;
  /** Our own random text; the same for as long as the nonce is. */
  cnonce: string;
}

const HASHES: Readonly<Record<string, DigestHash>> = { md5: "md5", "sha-256": "sha256" };

/** A challenge as one that can be answered; null for other schemes, unknown algorithms, and `auth-int` alone. */
export function digestChallenge({ scheme, params }: AuthChallenge): DigestChallenge | null {
  const realm = params.get("realm");
  const nonce = params.get("nonce");
  if (scheme !== "digest" || realm === undefined || nonce === undefined) return null;
  const algorithm = params.get("algorithm") ?? null;
  const name = (algorithm ?? "MD5").toLowerCase();
  const session = name.endsWith("-sess");
  const plain = session ? name.slice(0, -"-sess".length) : name;
  const hash = Object.hasOwn(HASHES, plain) ? HASHES[plain] : undefined;
  const offered = params.get("qop");
  const qop = offered === undefined ? null : "auth";
  if (hash === undefined || (session && qop === null)) return null;
  if (offered !== undefined && !offered.split(",").some((each) => each.trim().toLowerCase() === "auth")) return null;
  const stale = params.get("stale")?.toLowerCase() === "true";
  return { realm, nonce, opaque: params.get("opaque") ?? null, algorithm, hash, session, qop, stale };
}

/** The value of the `Authorization` header that answers a challenge (RFC 7616 §3.4; without qop RFC 2069 §2.1.2). */
export function digestAuthorization(challenge: DigestChallenge, request: DigestRequest): string {
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const hash = (...parts: string[]) => hexHash(challenge.hash, parts.join(":"));
  const count = request.nonceCount.toString(16).padStart(8, "0");
  const secret = hash(request.username, textOfHeader(realm), request.password);
  const a1 = challenge.session ? hash(secret, nonce, request.cnonce) : secret;
  const a2 = hash(request.method, request.uri);
  const response = qop === null ? hash(a1, nonce, a2) : hash(a1, nonce, count, request.cnonce, qop, a2);
  return `Digest ${[
    usernameParam(request.username),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.uri)}`,
    `response="${response}"`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${count}`, `cnonce=${quoted(request.cnonce)}`]),
  ].join(", ")}`;
}

/** Names that no header can hold are sent in the extended notation (RFC 8187 §3.2). */
function usernameParam(username: string): string {
  if (/^[\x20-\x7e]*$/.test(username)) return `username=${quoted(username)}`;
  return `username*=UTF-8''${encodeURIComponent(username).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** Header values arrive byte by byte; what is UTF-8 in them is hashed as the text it is. */
function textOfHeader(value: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(value, (byte) => byte.charCodeAt(0)));
  } catch {
    return value;
  }
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
