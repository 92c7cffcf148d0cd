import { fromBase64 } from "./base64";

/** AES-256 keys by key id. New envelopes use `primary`; any of them opens. */
export interface EncryptionKeys {
  primary: string;
  byId: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

const NAME = "CONVEX_ENCRYPTION_KEYS";
const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Reads `CONVEX_ENCRYPTION_KEYS`: `kid:base64key` entries, comma-separated, the primary first; one bare base64
 * key (as in `CONVEX_ENCRYPTION_KEY`) is known as `k1`. Throws an Error that says which entry is wrong and
 * never what it contains.
 */
export function parseEncryptionKeys(text: string | undefined): EncryptionKeys {
  const entries = (text ?? "").split(",").map((entry) => entry.trim()).filter((entry) => entry !== "");
  const byId = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [index, entry] of entries.entries()) {
    const place = `${NAME}: entry ${index + 1} of ${entries.length}`;
    const cut = entry.indexOf(":");
    if (cut === -1 && entries.length > 1) throw new Error(`${place} has no key id; write kid:base64key`);
    const kid = cut === -1 ? "k1" : entry.slice(0, cut).trim();
    if (!KEY_ID.test(kid)) throw new Error(`${place} has a key id that is not 1–32 letters, digits, - or _`);
    const key = fromBase64(entry.slice(cut + 1).trim());
    if (key === null) throw new Error(`${place} is not base64`);
    if (key.length !== KEY_BYTES) throw new Error(`${place} has ${key.length} bytes; an AES-256 key has ${KEY_BYTES}`);
    if (byId.has(kid)) throw new Error(`${place} repeats the key id of an earlier one`);
    byId.set(kid, key);
  }
  const [primary] = byId.keys();
  if (primary === undefined) throw new Error(`${NAME} is not set; it needs one base64 key of ${KEY_BYTES} bytes`);
  return { primary, byId };
}
