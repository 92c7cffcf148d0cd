import { afterEach, expect, it, vi } from "vitest";
import {
  alertThresholds,
  auditRetentionDays,
  batchSize,
  concurrentJobs,
  encryptionKeys,
  metricsRetentionDays,
  pollingIntervalMs,
  syncTimeoutMs,
} from "../convex/settings";
import { defaultOf } from "../lib/environment/defaults";
import { validateEnvironment } from "../lib/environment/validate";
import { parseEncryptionKeys } from "../lib/security/encryption-keys";

afterEach(() => vi.unstubAllEnvs());

it("the defaults that .env.example names are those of the deployment", () => {
  for (const name of ["POLLING_INTERVAL_MS", "SYNC_CONCURRENT_JOBS", "SYNC_TIMEOUT_MS", "BATCH_SIZE"]) vi.stubEnv(name, "");
  expect([pollingIntervalMs(), concurrentJobs(), syncTimeoutMs(), batchSize()]).toEqual([
    defaultOf("POLLING_INTERVAL_MS"),
    defaultOf("SYNC_CONCURRENT_JOBS"),
    defaultOf("SYNC_TIMEOUT_MS"),
    defaultOf("BATCH_SIZE"),
  ]);
});

it("so are those of alerts and of how long things are remembered", () => {
  expect(alertThresholds()).toEqual({
    queueDepth: defaultOf("ALERT_QUEUE_DEPTH"),
    oldestJobMs: defaultOf("ALERT_OLDEST_JOB_SECONDS") * 1_000,
    processingMs: defaultOf("ALERT_PROCESSING_SECONDS") * 1_000,
    errorRate: defaultOf("ALERT_ERROR_RATE_PERCENT") / 100,
    webhookFailureRate: defaultOf("ALERT_WEBHOOK_FAILURE_PERCENT") / 100,
    syncLagMs: defaultOf("ALERT_SYNC_LAG_SECONDS") * 1_000,
  });
  expect([metricsRetentionDays(), auditRetentionDays()]).toEqual([defaultOf("METRICS_RETENTION_DAYS"), defaultOf("AUDIT_RETENTION_DAYS")]);
});

it.each(["CONVEX_ENCRYPTION_KEYS", "CONVEX_ENCRYPTION_KEY"])("%s is read by the deployment as it is checked at the start", (name) => {
  const key = Buffer.alloc(32, 7).toString("base64");
  vi.stubEnv("CONVEX_ENCRYPTION_KEYS", "");
  vi.stubEnv(name, key);
  expect(validateEnvironment({ [name]: key })).toMatchObject({ ok: true });
  expect(parseEncryptionKeys(encryptionKeys()).primary).toBe("k1");
});
