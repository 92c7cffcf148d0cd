import { clerkIssuerOf } from "../lib/auth/clerk/issuer";
import type { Thresholds } from "../lib/monitoring/rules";

/*
 * What the deployment's environment variables say, with the defaults of docs/running.md.
 * Each reader checks its own variable, so that a wrong value fails where it matters and by name.
 */

function positiveInteger(name: string, fallback: number): number {
  return wholeNumber(name, fallback, 1);
}

function wholeNumber(name: string, fallback: number, least: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`${name} must be a whole number from ${least}, not "${text}".`);
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

/** Calls that one account may make to its provider in a minute. */
export function callsPerMinute(provider: string): number {
  return positiveInteger(`${provider.toUpperCase()}_API_RATE_LIMIT`, CALLS_PER_MINUTE[provider] ?? 300);
}
/** Google allows 600 a minute and user, Graph 10,000 in ten minutes; a CalDAV server of one's own says nothing. */
const CALLS_PER_MINUTE: Readonly<Record<string, number>> = { google: 500, microsoft: 800, caldav: 600 };

/** Upper bound on the retries of any job type, as it was written; undefined for none. */
export const retryCap = () => process.env.SYNC_MAX_RETRIES;

/** Resources that one mutation applies. */
export const batchSize = () => positiveInteger("BATCH_SIZE", 50);

/** Pause of a run between two mutations that apply resources, milliseconds. */
export const batchDelayMs = () => wholeNumber("BATCH_DELAY_MS", 0, 0);

/** Whether notifications are switched off for everybody: every calendar is polled then. */
export const pollingOnly = () => process.env.SYNC_POLLING_ONLY === "1";

/** Where providers can call us, and whether they may do so without https: only where they run on this machine. */
export const callbackBase = () => ({
  base: process.env.WEBHOOK_BASE_URL,
  allowHttp: process.env.ALLOW_PRIVATE_ADDRESSES === "1",
});

/** For how many days figures of jobs are kept. */
export const metricsRetentionDays = () => positiveInteger("METRICS_RETENTION_DAYS", 90);

/** For how many days the audit log and closed alerts are kept. */
export const auditRetentionDays = () => positiveInteger("AUDIT_RETENTION_DAYS", 90);

/** From where on something is an alert. */
export const alertThresholds = (): Thresholds => ({
  queueDepth: positiveInteger("ALERT_QUEUE_DEPTH", 1_000),
  oldestJobMs: positiveInteger("ALERT_OLDEST_JOB_SECONDS", 600) * 1_000,
  processingMs: positiveInteger("ALERT_PROCESSING_SECONDS", 300) * 1_000,
  errorRate: positiveInteger("ALERT_ERROR_RATE_PERCENT", 15) / 100,
  webhookFailureRate: positiveInteger("ALERT_WEBHOOK_FAILURE_PERCENT", 10) / 100,
  syncLagMs: positiveInteger("ALERT_SYNC_LAG_SECONDS", 3_600) * 1_000,
});

/** Where alerts are sent, or null: then they are in the application only. */
export const alertWebhookUrl = () => process.env.ALERT_WEBHOOK_URL || null;

/** E-mail addresses of the people who may see and mend the whole deployment, in lower case. */
export const operatorEmails = (): ReadonlySet<string> =>
  new Set((process.env.OPERATOR_EMAILS ?? "").split(",").map((email) => email.trim().toLowerCase()).filter(Boolean));

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
