import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, existsSync, renameSync, type WriteStream } from "node:fs";
import { childEnvironment } from "./child-environment";

const leash = new URL("./leash.mjs", import.meta.url).href;
const rememberedLines = 40;
const lastWordsMs = 500;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What to start. */
export interface ChildPlan {
  /** For messages: "The backend". */
  readonly name: string;
  readonly root: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Adds to the log instead of beginning a new one. */
  readonly append?: boolean;
  /** Shows the output as well. */
  readonly echo?: boolean;
  readonly onLine?: (line: string) => void;
}

/** A Node process of ours. */
export interface Child {
  readonly name: string;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
  /** Its last lines of output. */
  tail(): string;
  /** Asks it to end, and ends it and whatever it started when it has not done so in time. */
  stop(graceMs: number): Promise<void>;
  /** Ends it and whatever it started, at once. */
  kill(): void;
}

/**
 * Starts Node in a process group of its own: Ctrl-C in the terminal reaches only us, so that we choose the
 * order in which things stop, and what a child started can be ended with it. The leash ends it should we be gone.
 */
export function startChild(plan: ChildPlan): Child {
  if (plan.append !== true && existsSync(plan.logFile)) renameSync(plan.logFile, `${plan.logFile}.1`);
  const log = createWriteStream(plan.logFile, { flags: "a", mode: 0o600 });
  const child = spawn(process.execPath, ["--import", leash, ...plan.args], {
    cwd: plan.root,
    env: childEnvironment({ ...plan.environment, LINEARTIME_LEASH: String(process.pid) }),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const lines = readLines(child, log, plan);
  const exited = new Promise<Exit>((resolve) => {
    child.once("error", () => resolve({ code: 1, signal: null }));
    child.once("close", () => log.end());
    child.once("exit", (code, signal) => {
      // Its last words come first; but whoever it started may keep its output open for long.
      const wait = setTimeout(() => resolve({ code, signal }), lastWordsMs);
      child.once("close", () => {
        clearTimeout(wait);
        resolve({ code, signal });
      });
    });
  });
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Nobody is left in the group.
    }
  };
  return {
    name: plan.name,
    logFile: plan.logFile,
    exited,
    kill,
    tail: () => lines.join("\n"),
    async stop(graceMs) {
      child.kill("SIGTERM");
      const patience = setTimeout(kill, graceMs);
      await exited;
      clearTimeout(patience);
      kill();
    },
  };
}

/** Copies both streams to the log, remembers the last lines and tells of each whole one. */
function readLines(child: ChildProcess, log: WriteStream, { echo, onLine }: ChildPlan): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    let rest = "";
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      log.write(chunk);
      if (echo === true) process.stdout.write(chunk);
      const [...whole] = (rest + chunk).split("\n");
      rest = whole.pop() ?? "";
      for (const line of whole) {
        lines.push(line);
        if (lines.length > rememberedLines) lines.shift();
        onLine?.(line);
      }
    });
  }
  return lines;
}
