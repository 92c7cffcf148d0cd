import { randomUUID } from "node:crypto";
import { readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

const DAY_MS = 86_400_000;
const KEPT_MS = 7 * DAY_MS;

/** Says that a build is in use, today and on every day that this process lives. False where there is no such build. */
export function keepBuild(folder: string): boolean {
  if (!touch(folder)) return false;
  setInterval(() => touch(folder), DAY_MS).unref();
  return true;
}

/**
 * Removes what has not been used for a week from a folder of builds, but never `current`. What somebody else takes into use at
 * the same moment stays: a build is taken away first, and put back where its time turns out to be new.
 */
export function removeOldBuilds(builds: string, current: string, now: number): void {
  for (const name of readdirSync(builds)) {
    const build = join(builds, name);
    if (build === current || !isOld(build, now)) continue;
    const taken = join(builds, `removed-${randomUUID()}`);
    try {
      renameSync(build, taken);
      if (!isOld(taken, now)) renameSync(taken, build);
    } catch {
      // Somebody else removes it too, has built it anew, or holds it open.
    }
    rmSync(taken, { recursive: true, force: true });
  }
}

function isOld(folder: string, now: number): boolean {
  const used = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  return used !== undefined && now - used > KEPT_MS;
}

function touch(folder: string): boolean {
  try {
    const now = new Date();
    utimesSync(folder, now, now);
    return true;
  } catch {
    return false;
  }
}
