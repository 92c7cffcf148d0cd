import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const elsewhere = ["**/node_modules/**", ".next/**", ".lineartime/**", "tests/e2e/**"];
const shared = {
  root,
  environment: "node",
  // convex-test is written for a bundler: it must go through the same transformation as our own modules.
  server: { deps: { inline: ["convex-test"] } },
};

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
          exclude: [...elsewhere, "**/*.scenario.test.ts"],
        },
      },
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
