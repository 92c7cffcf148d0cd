import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { birthOf, takeLock, waitForLock } from "./lock.mjs";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lineartime-lock-"));
  file = path.join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

const held = (pid: number, birth: string | null) => writeFileSync(file, JSON.stringify({ pid, birth, url: "http://there" }));
const kindOf = () => takeLock(file).kind;

/** The id of a process that is no more. */
const deadPid = () =>
  new Promise<number>((resolve) => {
    const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    child.once("exit", () => resolve(child.pid ?? 0));
  });

it("is taken by the first and tells the second who has it", () => {
  const first = takeLock(file, { what: "home" });
  expect(first.kind).toBe("taken");
  expect(takeLock(file)).toMatchObject({ kind: "held", holder: { pid: process.pid, what: "home" } });
});

it("is free again when released, and leaves nothing behind", () => {
  const taking = takeLock(file);
  if (taking.kind === "taken") taking.release();
  expect(readdirSync(folder)).toEqual([]);
  expect(kindOf()).toBe("taken");
});

it("tells what its holder adds later", () => {
  const taking = takeLock(file);
  if (taking.kind === "taken") taking.describe({ url: "http://here" });
  expect(takeLock(file)).toMatchObject({ kind: "held", holder: { url: "http://here" } });
});

it("is taken over from a process that is no more", async () => {
  held(await deadPid(), null);
  expect(kindOf()).toBe("taken");
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ pid: process.pid });
});

it.runIf(birthOf(process.pid) !== null)("is taken over when another process has got its holder's id", () => {
  held(process.pid, "1");
  expect(kindOf()).toBe("taken");
});

it("is not given up to somebody who released an earlier hold", () => {
  const taking = takeLock(file);
  held(process.ppid, null);
  if (taking.kind === "taken") taking.release();
  expect(kindOf()).toBe("held");
});

it("is taken over when its file is damaged", () => {
  writeFileSync(file, "{");
  expect(kindOf()).toBe("taken");
});

it("can be waited for, and whoever waits is told for whom", async () => {
  const first = takeLock(file);
  const waits: number[] = [];
  const second = waitForLock(file, ({ pid }) => {
    waits.push(pid);
    if (first.kind === "taken") first.release();
  });
  await expect(second).resolves.toMatchObject({ kind: "taken" });
  expect(waits).toEqual([process.pid]);
});
