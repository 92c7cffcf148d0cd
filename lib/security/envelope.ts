import { fromBase64, toBase64Url } from "./base64";
import type { EncryptionKeys } from "./encryption-keys";

export { parseEncryptionKeys, type EncryptionKeys } from "./encryption-keys";

/** The row and field an envelope belongs to. Moved to another, it does not open. */
export interface EnvelopeContext {
  org: string;
  providerConfigId: string;
  provider: string;
  field: string;
}

/** Why an envelope did not open. The message never contains plaintext, key or ciphertext. */
export class EnvelopeError extends Error {
  override readonly name = "EnvelopeError";
  constructor(
    readonly code: "malformed" | "unknown_key" | "not_authentic",
    message: string,
  ) {
    super(message);
  }
}

const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts with the primary key: `v1.<kid>.<iv>.<ciphertext ‖ tag>`, AES-256-GCM, the binary parts base64url.
 * Every call uses a fresh random iv, so equal secrets give different envelopes.
 */
export async function seal(keys: EncryptionKeys, context: EnvelopeContext, plaintext: string): Promise<string> {
  const kid = keys.primary;
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: associatedData(context, kid) },
    await importKey(keys, kid, "encrypt"),
    new TextEncoder().encode(plaintext),
  );
  return [VERSION, kid, toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join(".");
}

/** Decrypts with whichever key the envelope names. Rejects with an {@link EnvelopeError}. */
export async function open(keys: EncryptionKeys, context: EnvelopeContext, envelope: string): Promise<string> {
  const { kid, iv, sealed } = parse(envelope);
  const key = await importKey(keys, kid, "decrypt");
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv, additionalData: associatedData(context, kid) },
      key,
      sealed,
    );
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch {
    throw new EnvelopeError("not_authentic", "The stored secret was altered, or belongs to another row");
  }
}

/** The id of the key that an envelope was sealed with. Throws an {@link EnvelopeError} where it is none. */
export function keyIdOf(envelope: string): string {
  return parse(envelope).kid;
}

function parse(envelope: string): { kid: string; iv: Uint8Array<ArrayBuffer>; sealed: Uint8Array<ArrayBuffer> } {
  const [version, kid, iv, sealed, ...rest] = envelope.split(".");
  const ivBytes = fromBase64(iv ?? "");
  const sealedBytes = fromBase64(sealed ?? "");
  if (
    version !== VERSION || kid === undefined || kid === "" || rest.length > 0 ||
    ivBytes?.length !== IV_BYTES || sealedBytes === null || sealedBytes.length < TAG_BYTES
  ) {
    throw new EnvelopeError("malformed", "The stored secret is not a v1 envelope");
  }
  return { kid, iv: ivBytes, sealed: sealedBytes };
}

async function importKey(keys: EncryptionKeys, kid: string, usage: "encrypt" | "decrypt"): Promise<CryptoKey> {
  const raw = keys.byId.get(kid);
  if (raw === undefined) {
    throw new EnvelopeError("unknown_key", "CONVEX_ENCRYPTION_KEYS lacks the key that this secret was sealed with");
  }
  return crypto.subtle.importKey("raw", raw, { name: "AES-GCM" }, false, [usage]);
}

/** `org|providerConfigId|provider|field|kid`; a part that contained the separator could imitate another row. */
function associatedData(context: EnvelopeContext, kid: string): Uint8Array<ArrayBuffer> {
  const parts = [context.org, context.providerConfigId, context.provider, context.field, kid];
  if (parts.some((part) => part === "" || part.includes("|"))) {
    throw new TypeError("An envelope context needs five parts that are not empty and contain no |");
  }
  return new TextEncoder().encode(parts.join("|"));
}
