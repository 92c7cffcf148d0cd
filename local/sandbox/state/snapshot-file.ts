import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the state is kept between two runs. */
export interface SnapshotFile {
  /** What was written last; null where there is nothing, or nothing that can be read. */
  load(): unknown;
  /** Says that the state has changed: it is written soon, and once for many changes. */
  changed(): void;
  /** Writes at once what has changed. */
  flush(): void;
}

const NAME = "sandbox.json";
const SOON_MS = 50;
/** Of the time, at most this part goes into writing: a large state is written less often. */
const WRITING_SHARE = 0.2;

/**
 * Keeps the state in `folder/sandbox.json`, written in whole and put in place by renaming. A file that is no JSON
 * is set aside and said so: the sandbox begins anew, and nothing is lost.
 */
export function openSnapshot(folder: string, state: () => unknown, print: (line: string) => void): SnapshotFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, NAME);
  let timer: NodeJS.Timeout | undefined;
  let tookMs = 0;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    const began = performance.now();
    writeFileSync(`${path}.new`, JSON.stringify(state()), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    tookMs = performance.now() - began;
  };
  return {
    load() {
      if (!existsSync(path)) return null;
      try {
        return JSON.parse(readFileSync(path, "utf8")) as unknown;
      } catch {
        const aside = `${path}.unreadable`;
        renameSync(path, aside);
        print(`The sandbox's state could not be read. It is now ${aside}; the sandbox begins anew.`);
        return null;
      }
    },
    changed() {
      timer ??= setTimeout(flush, Math.max(SOON_MS, tookMs / WRITING_SHARE));
    },
    flush,
  };
}

/** Keeps nothing. */
export const noSnapshot: SnapshotFile = { load: () => null, changed: () => undefined, flush: () => undefined };
