import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const elsewhere = ["**/node_modules/**", ".next/**", ".lineartime/**", "tests/e2e/**"];
const shared = {
  root,
  environment: "node",
  // A busy machine takes several times as long as a quiet one; what hangs is ended here.
  testTimeout: 60_000,
  // convex-test is written for a bundler: it must go through the same transformation as our own modules.
  server: { deps: { inline: ["convex-test"] } },
};

/**
 * What is about time must not depend on the zone that the process runs in: those tests run in the westernmost and the
 * easternmost zones that people live in, and in UTC.
 */
const aboutTime = ["lib/events/**/*.test.ts", "lib/providers/{google/transform,microsoft}/**/*.test.ts"];
const processZones = ["Pacific/Honolulu", "UTC", "Pacific/Tongatapu"];

export default defineConfig({
  resolve: { alias: { "@": path.resolve(root) } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...elsewhere, "**/*.scenario.test.ts", ...aboutTime],
        },
      },
      ...processZones.map((zone) => ({
        extends: true as const,
        test: { ...shared, name: `unit in ${zone}`, include: aboutTime, exclude: elsewhere, pool: "forks" as const, env: { TZ: zone } },
      })),
      {
        extends: true,
        test: {
          ...shared,
          name: "scenario",
          include: ["**/*.scenario.test.ts"],
          exclude: elsewhere,
          pool: "forks",
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
