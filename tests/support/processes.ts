import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A running process. */
export interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

/** Processes that were started with a given state folder, whoever their parent is now (Linux). */
export function processesOf(home: string): FoundProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(`LINEARTIME_HOME=${home}`)) return [];
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        // A process that has ended and not been asked for yet has no command line.
        return command === "" ? [] : [{ pid: Number(name), command }];
      } catch {
        return [];
      }
    });
}

/** Waits until a state folder's processes are gone, and tells which are not. */
export async function leftOver(home: string, withinMs = 10_000): Promise<FoundProcess[]> {
  const deadline = performance.now() + withinMs;
  while (processesOf(home).length > 0 && performance.now() < deadline) await sleep(50);
  return processesOf(home);
}
