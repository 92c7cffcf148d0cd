import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lockFolder } from "./folder-lock";

let place: string;
let data: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "lock-"));
  data = join(place, "data");
  // Sockets are made in the system's temporary folder.
  vi.stubEnv("TMPDIR", place);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

const sockets = () => readdirSync(place).filter((name) => name.endsWith(".sock"));

it("keeps a second backend off the data, and leaves nothing behind", async () => {
  const unlock = await lockFolder(data);
  await expect(lockFolder(data)).rejects.toThrow("another backend is using");
  unlock();
  expect(sockets()).toEqual([]);
  (await lockFolder(data))();
});

it("of a process that was killed is nobody's, and goes with the next one", async () => {
  const lock = pathToFileURL(join(import.meta.dirname, "folder-lock.ts")).href;
  const script = `const { lockFolder } = await import(${JSON.stringify(lock)}); await lockFolder(${JSON.stringify(data)}); console.log("held"); setInterval(() => {}, 1_000);`;
  const holder = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  await expect(lockFolder(data)).rejects.toThrow("another backend is using");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const left = sockets();
  expect(left).toHaveLength(1);
  const unlock = await lockFolder(data);
  expect(sockets()).toEqual(left);
  unlock();
  expect(sockets()).toEqual([]);
});
