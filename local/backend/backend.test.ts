import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startBackend } from "./backend";

it("starts and closes inside another program", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "backend-inside-"));
  const backend = await startBackend({ dataFolder, port: 0, adminKey: "a-key-for-this-test-only" });
  const ask = (): Promise<Response> => fetch(`${backend.url}/instance_name`);
  expect(await (await ask()).text()).toBe("local");
  await backend.close();
  await expect(ask()).rejects.toThrow();
  rmSync(dataFolder, { recursive: true, force: true });
});
