import { afterEach, expect, it, vi } from "vitest";
import { batchSize, concurrentJobs, encryptionKeys, pollingIntervalMs, syncTimeoutMs } from "../convex/settings";
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

it.each(["CONVEX_ENCRYPTION_KEYS", "CONVEX_ENCRYPTION_KEY"])("%s is read by the deployment as it is checked at the start", (name) => {
  const key = Buffer.alloc(32, 7).toString("base64");
  vi.stubEnv("CONVEX_ENCRYPTION_KEYS", "");
  vi.stubEnv(name, key);
  expect(validateEnvironment({ [name]: key })).toMatchObject({ ok: true });
  expect(parseEncryptionKeys(encryptionKeys()).primary).toBe("k1");
});
