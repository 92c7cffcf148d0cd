import { clerkIssuerOf } from "../lib/auth/clerk/issuer";

/*
 * What the deployment's environment variables say, with the defaults of docs/running.md.
 * Each reader checks its own variable, so that a wrong value fails where it matters and by name.
 */

function positiveInteger(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) {
    throw new Error(`${name} must be a whole number above 0, not "${text}".`);
  }
  return value;
}

function required(name: string): string {
  const text = process.env[name];
  if (text === undefined || text === "") throw new Error(`${name} is not set on this deployment.`);
  return text;
}

/** Time between two polls of a connection, milliseconds. */
export const pollingIntervalMs = () => positiveInteger("POLLING_INTERVAL_MS", 15 * 60_000);

/** Sync actions that may run at once. */
export const concurrentJobs = () => positiveInteger("SYNC_CONCURRENT_JOBS", 5);

/** An action stops itself after this time and leaves the rest to the next one, milliseconds. */
export const syncTimeoutMs = () => positiveInteger("SYNC_TIMEOUT_MS", 8 * 60_000);

/** Upper bound on the retries of any job type, as it was written; undefined for none. */
export const retryCap = () => process.env.SYNC_MAX_RETRIES;

/** Resources that one mutation applies. */
export const batchSize = () => positiveInteger("BATCH_SIZE", 50);

/** Secret that route handlers prove themselves with. */
export const serverSecret = () => required("LINEARTIME_SERVER_SECRET");

/** The issuer of Clerk's tokens, as they name it. */
export const clerkIssuer = () => clerkIssuerOf(required("CLERK_JWT_ISSUER_DOMAIN"));

/** Secret that Clerk signs its webhook with. */
export const clerkWebhookSecret = () => required("CLERK_WEBHOOK_SECRET");

/** True on a deployment where Clerk signs people in. */
export const usesClerk = () => process.env.AUTH_MODE === "clerk";

/** Keys of the token envelope, as `parseEncryptionKeys` reads them. */
export const encryptionKeys = () =>
  process.env.CONVEX_ENCRYPTION_KEYS || required("CONVEX_ENCRYPTION_KEY");

/** Which addresses a user may name; see `lib/security/addresses`. */
export function addressPolicy(): { allowPrivate: boolean; ownPorts: number[] } {
  const ports = process.env.LINEARTIME_OWN_PORTS ?? "";
  return {
    allowPrivate: process.env.ALLOW_PRIVATE_ADDRESSES === "1",
    ownPorts: ports.split(",").filter(Boolean).map(Number),
  };
}
