import { execFileSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseEnvFile } from "../../lib/environment/env-file";
import { validateEnvironment } from "../../lib/environment/validate";
import { startTestBackend, type TestBackend } from "../support/backend";
import { startStack, type Stack } from "../support/stack";

const root = path.resolve(import.meta.dirname, "../..");
const [forWebServer, forDeployment] = execFileSync(
  process.execPath,
  ["--import", "tsx", "local/launch/external-variables.ts"],
  { cwd: root, encoding: "utf8" },
)
  .split("# The deployment\n")
  .map(parseEnvFile);

let deployment: TestBackend;
let stack: Stack;
beforeAll(async () => {
  const checked = validateEnvironment(forDeployment ?? {});
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  deployment = await startTestBackend({ environment: checked.environment });
});
afterAll(async () => {
  await stack?.dispose();
  await deployment?.dispose();
});

it("npm start uses a deployment of one's own, and starts no backend", async () => {
  stack = await startStack(undefined, { ...forWebServer, CONVEX_URL: deployment.url, APP_URL: "https://calendar.example.com" });
  expect(stack.output()).not.toMatch(/Backend|Functions/);
  const response = await fetch(`${stack.url}/api/auth/sign-up`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: stack.url },
    body: JSON.stringify({ email: "nora@example.com", password: "a long enough password", name: "Nora" }),
  });
  expect(response.status).toBe(200);
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  const token = await fetch(`${stack.url}/api/auth/token`, { headers: { cookie } });
  expect(await token.json()).toMatchObject({ token: expect.stringMatching(/^ey/) });
});
