import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { birthOf, isAlive, waitForLock } from "./lock.mjs";
import { startChild } from "./child";
import { hashContents } from "./content-hash";
import { nextEnvironment } from "./next-environment";
import type { Shutdown } from "./shutdown";
import { StartError } from "./start-error";

/** What the pages are made of. */
const inputs = [
  "app",
  "components",
  "lib",
  "convex",
  "public",
  "middleware.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

/** What it takes to build. */
export interface BuildPlan {
  readonly root: string;
  readonly logFile: string;
  readonly echo?: boolean;
  /** Told when another start builds at the moment. */
  readonly onWait?: (pid: number) => void;
}

/**
 * Builds the pages unless `.next` holds the build of just these sources, and notes that this process serves
 * from it: nobody replaces a build under a running server. Only one process builds at a time.
 */
export async function buildPages(plan: BuildPlan, shutdown: Shutdown): Promise<"built" | "unchanged"> {
  const { root } = plan;
  const locks = path.join(root, ".lineartime", "locks");
  mkdirSync(locks, { recursive: true, mode: 0o700 });
  const lock = await waitForLock(path.join(locks, "build"), ({ pid }) => plan.onWait?.(pid));
  try {
    const hash = hashContents(root, inputs, [process.versions.node]);
    const unchanged = isBuilt(root, hash);
    if (!unchanged) {
      refuseWhileServed(locks);
      await runBuild(plan, shutdown);
      writeFileSync(markOf(root), hash);
    }
    noteServer(locks, shutdown);
    return unchanged ? "unchanged" : "built";
  } finally {
    lock.release();
  }
}

const markOf = (root: string) => path.join(root, ".next", "lineartime-build");

function isBuilt(root: string, hash: string): boolean {
  const mark = markOf(root);
  return existsSync(path.join(root, ".next", "BUILD_ID")) && existsSync(mark) && readFileSync(mark, "utf8") === hash;
}

async function runBuild(plan: BuildPlan, shutdown: Shutdown): Promise<void> {
  // Types of routes that no longer exist would fail the build.
  for (const stale of ["lineartime-build", "types", "dev/types"]) {
    rmSync(path.join(plan.root, ".next", stale), { recursive: true, force: true });
  }
  const child = startChild({
    name: "The build",
    root: plan.root,
    args: [path.join("node_modules", "next", "dist", "bin", "next"), "build"],
    environment: nextEnvironment,
    logFile: plan.logFile,
    ...(plan.echo === undefined ? {} : { echo: plan.echo }),
  });
  shutdown.add(child);
  const { code } = await child.exited;
  shutdown.remove(child);
  if (code !== 0) throw new StartError(`${child.tail()}\n\nThe pages could not be built. The log: ${plan.logFile}`);
}

/** Notes of processes that serve from `.next`: `serving-<pid>`. */
function noteServer(locks: string, shutdown: Shutdown): void {
  const note = path.join(locks, `serving-${process.pid}`);
  writeFileSync(note, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) }), { mode: 0o600 });
  shutdown.atEnd(() => rmSync(note, { force: true }));
}

function refuseWhileServed(locks: string): void {
  for (const name of readdirSync(locks).filter((each) => each.startsWith("serving-"))) {
    const note = path.join(locks, name);
    const server = readNote(note);
    if (server !== undefined && server.pid !== process.pid && isAlive(server)) {
      throw new StartError(
        `The pages have changed and must be built, but process ${server.pid} is serving the last build of this folder.\nStop it first.`,
      );
    }
    rmSync(note, { force: true });
  }
}

function readNote(file: string): { pid: number; birth: string | null } | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as { pid: number; birth: string | null };
  } catch {
    return undefined;
  }
}
