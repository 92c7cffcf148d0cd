import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readSettings } from "./settings";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "lineartime-settings-"));
});
afterEach(() => rmSync(root, { recursive: true }));

it("takes the process before .env.local and .env.local before .env", () => {
  writeFileSync(path.join(root, ".env"), "PORT=1001\nBATCH_SIZE=11\nSYNC_CONCURRENT_JOBS=1\n");
  writeFileSync(path.join(root, ".env.local"), "PORT=1002\nBATCH_SIZE=12\n");
  const { environment } = readSettings(root, { PORT: "1003" });
  expect(environment).toEqual({ PORT: 1003, BATCH_SIZE: 12, SYNC_CONCURRENT_JOBS: 1 });
});

it("keeps state in the project unless told otherwise", () => {
  expect(readSettings(root, {}).home).toBe(path.join(root, ".lineartime"));
  expect(readSettings(root, { LINEARTIME_HOME: "elsewhere" }).home).toBe(path.join(root, "elsewhere"));
  expect(readSettings(root, { LINEARTIME_HOME: "/var/lib/lineartime" }).home).toBe("/var/lib/lineartime");
});

it("names all that is wrong at once", () => {
  expect(() => readSettings(root, { PORT: "eighty", BATCH_SIZE: "0" })).toThrow(
    /PORT is malformed: it should hold a port number.*\n.*BATCH_SIZE is malformed: it should hold a whole number/,
  );
});
