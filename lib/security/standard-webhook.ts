import { Webhook } from "standardwebhooks";
import { fromBase64 } from "./base64";

/** One signed message of the Standard Webhooks scheme, as it came. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since the epoch, as text. */
  readonly timestamp: string;
  /** One or more `v1,<base64>`, separated by spaces. */
  readonly signature: string;
  /** The body, byte for byte. */
  readonly body: string;
}

/** True for `whsec_` and the base64 of 24 to 64 bytes, the lengths that the scheme allows for a secret. */
export function isWebhookSecret(secret: string): boolean {
  const bytes = secret.startsWith("whsec_") ? fromBase64(secret.slice("whsec_".length)) : null;
  return bytes !== null && bytes.length >= 24 && bytes.length <= 64;
}

/**
 * True where the three headers have the form of the scheme. The timestamp is ten digits and nothing else (the
 * library would accept `1700000000junk`), and the id has no dot, which separates the signed parts.
 */
export function hasWebhookForm({ id, timestamp, signature }: Omit<SignedMessage, "body">): boolean {
  return /^[A-Za-z0-9_-]{1,256}$/.test(id) && /^\d{10}$/.test(timestamp) && /^[\x21-\x7e][\x20-\x7e]{0,4095}$/.test(signature);
}

/**
 * True where the message was signed with `secret` (HMAC-SHA256 over `id.timestamp.body`, compared in constant
 * time) at most five minutes ago or ahead. @throws Error when the secret is not one of the scheme.
 */
export function isSignedBy(secret: string, message: SignedMessage): boolean {
  if (!isWebhookSecret(secret)) throw new Error("A webhook secret is `whsec_` and the base64 of 24 to 64 bytes.");
  if (!hasWebhookForm(message)) return false;
  const headers = {
    "webhook-id": message.id,
    "webhook-timestamp": message.timestamp,
    "webhook-signature": message.signature,
  };
  try {
    new Webhook(secret).verify(message.body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}
