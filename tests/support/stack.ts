import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAlive, type Holder } from "../../local/launch/lock.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const readyWithinMs = 240_000;

/** The whole product, started as a person starts it. */
export interface Stack {
  /** Address of the web page. */
  readonly url: string;
  /** State folder. */
  readonly home: string;
  /** The process that was started: npm. */
  readonly process: ChildProcess;
  /** What it has printed. */
  output(): string;
  /** Asks it to stop, as Ctrl-C does, and waits; the state stays. */
  stop(): Promise<number | null>;
  /** Stops it and removes the state. */
  dispose(): Promise<void>;
}

/** A start that may have failed. */
export interface Attempt {
  readonly home: string;
  readonly process: ChildProcess;
  output(): string;
  /** Resolves when the process has ended. */
  readonly ended: Promise<number | null>;
}

/** A state folder of a test's own. */
export const temporaryHome = (): string => mkdtempSync(path.join(tmpdir(), "lineartime-home-"));

/** What is started: this project by `npm start`, unless a test has a copy of it or another script in mind. */
export interface Started {
  readonly root: string;
  readonly script: "start" | "dev";
}

const product: Started = { root, script: "start" };

/**
 * Runs `npm start` with its own state folder. Its port is preferred by the folder's name only: whatever is
 * taken is stepped over. `.env.local` stays as it is.
 */
export function attemptStart(home: string, environment: Readonly<Record<string, string>> = {}, started = product): Attempt {
  const npm = spawn("npm", ["run", started.script], {
    cwd: started.root,
    // As on a person's machine: tools that know that they are in CI ask for less.
    env: { ...process.env, CI: "", LINEARTIME_HOME: home, LINEARTIME_ENV_LOCAL: "keep", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => npm.once("close", (code) => resolve(code)));
  return { home, process: npm, output: () => output, ended };
}

/** Starts the product and waits until its page is there. */
export async function startStack(
  home = temporaryHome(),
  environment: Readonly<Record<string, string>> = {},
  started = product,
): Promise<Stack> {
  const attempt = attemptStart(home, environment, started);
  const url = await untilReady(attempt);
  const stop = async () => {
    const holder = readHolder(home);
    if (holder !== undefined && isAlive(holder)) process.kill(holder.pid, "SIGINT");
    return attempt.ended;
  };
  return {
    url,
    home,
    process: attempt.process,
    output: attempt.output,
    stop,
    async dispose() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function untilReady({ output, ended, process: npm }: Attempt): Promise<string> {
  const patience = setTimeout(() => npm.kill("SIGTERM"), readyWithinMs);
  const ready = new Promise<string>((resolve) => {
    const look = () => {
      const url = /LinearTime is ready[^]*?(http:\/\/[\d.:]+)/.exec(output())?.[1];
      if (url !== undefined) resolve(url);
    };
    npm.stdout?.on("data", look);
  });
  const outcome = await Promise.race([ready, ended]);
  clearTimeout(patience);
  if (typeof outcome === "string") return outcome;
  throw new Error(`npm start ended with exit code ${outcome}:\n${output()}`);
}

/** The process that holds a state folder, or held it when it was killed. */
export function readHolder(home: string): Holder | undefined {
  const lock = path.join(home, "lock");
  return existsSync(lock) ? (JSON.parse(readFileSync(lock, "utf8")) as Holder) : undefined;
}
