import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { removeOldBuilds, keepBuild } from "./builds";

const DAY_MS = 86_400_000;
const NOW = Date.now();

let builds: string;
beforeEach(() => {
  builds = mkdtempSync(join(tmpdir(), "builds-"));
});
afterEach(() => rmSync(builds, { recursive: true, force: true }));

/** A build that was last used so many days ago. */
function build(name: string, daysAgo: number): string {
  const folder = join(builds, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "main.mjs"), "");
  const used = new Date(NOW - daysAgo * DAY_MS);
  utimesSync(folder, used, used);
  return folder;
}

it("what nobody has used for a week goes, and what was never finished", () => {
  build("old", 8);
  build("unfinished-abc", 30);
  build("removed-abc", 30);
  build("of another branch", 6);
  build("unfinished-now", 0);
  removeOldBuilds(builds, build("current", 0), NOW);
  expect(readdirSync(builds).sort()).toEqual(["current", "of another branch", "unfinished-now"]);
});

it("the current build stays, however old it is", () => {
  removeOldBuilds(builds, build("current", 100), NOW);
  expect(readdirSync(builds)).toEqual(["current"]);
});

it("an old build that is used again is as good as new", () => {
  const old = build("old", 100);
  expect(keepBuild(old)).toBe(true);
  expect(NOW - statSync(old).mtimeMs).toBeLessThan(DAY_MS);
  removeOldBuilds(builds, build("current", 0), NOW);
  expect(readdirSync(join(builds, "old"))).toEqual(["main.mjs"]);
});

it("a build that is not there cannot be used", () => {
  expect(keepBuild(join(builds, "gone"))).toBe(false);
});
