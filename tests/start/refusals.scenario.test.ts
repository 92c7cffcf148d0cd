import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { attemptStart, temporaryHome } from "../support/stack";

const home = temporaryHome();
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function refused(environment: Record<string, string>): Promise<string> {
  const attempt = attemptStart(home, environment);
  expect(await attempt.ended).not.toBe(0);
  return attempt.output();
}

describe("npm start stops and says what is wrong with the environment", () => {
  it("names each malformed variable and what it should hold, but not what it holds", async () => {
    const output = await refused({ POLLING_INTERVAL_MS: "soon", CONVEX_ENCRYPTION_KEYS: "k1:tell-nobody" });
    expect(output).toMatch(/POLLING_INTERVAL_MS is malformed: it should hold a whole number of milliseconds/);
    expect(output).toMatch(/CONVEX_ENCRYPTION_KEYS is malformed: it should hold `id:key` pairs/);
    expect(output).not.toContain("tell-nobody");
  });

  it("names each variable that a deployment of one's own needs", async () => {
    const output = await refused({ LINEARTIME_BACKEND: "external", CONVEX_URL: "https://calendar.example" });
    expect(output).toMatch(/LINEARTIME_SERVER_SECRET is missing: it should hold a secret/);
    expect(output).toMatch(/LOCAL_AUTH_PRIVATE_KEY is missing: it should hold a P-256 private key/);
    expect(output).not.toMatch(/CONVEX_URL is/);
  });
});
