import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
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
  // Where sockets are made that the folder cannot have.
  vi.stubEnv("TMPDIR", place);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

const sockets = (folder = data) => readdirSync(folder).filter((name) => name.endsWith(".sock"));

it("keeps a second backend off the data, wherever that has its temporary files, and leaves nobody listening", async () => {
  const unlock = await lockFolder(data);
  vi.stubEnv("TMPDIR", mkdtempSync(join(place, "other-")));
  await expect(lockFolder(data)).rejects.toThrow("another backend is using");
  await unlock();
  expect(sockets()).toEqual([]);
  await (await lockFolder(data))();
});

it("is had by one of several that start at the same time", async () => {
  const outcomes = await Promise.allSettled([lockFolder(data), lockFolder(data), lockFolder(data), lockFolder(data)]);
  const [first, ...others] = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  expect(others).toEqual([]);
  expect(sockets()).toHaveLength(1);
  await first?.();
});

it("of a folder is not that of its copy", async () => {
  const unlock = await lockFolder(data);
  const copy = join(place, "copy");
  cpSync(data, copy, { recursive: true, filter: (name) => !name.endsWith(".sock") });
  await (await lockFolder(copy))();
  await unlock();
});

it("holds for a folder whose path is too long for a socket", async () => {
  const deep = join(data, "deep".repeat(40));
  const unlock = await lockFolder(deep);
  expect(sockets(place)).toHaveLength(1);
  await expect(lockFolder(deep)).rejects.toThrow("another backend is using");
  await unlock();
  expect(sockets(place)).toEqual([]);
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
  expect(sockets()).not.toEqual(left);
  expect(sockets()).toHaveLength(1);
  await unlock();
  expect(sockets()).toEqual([]);
});
