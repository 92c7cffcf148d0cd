import { spawn } from "node:child_process";
import path from "node:path";

/** How a run of the Convex command line ended. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the project's own `convex` in its folder, as `npx convex` does: where the deployment is it has to find in the
 * project's files. `until` ends a command that would go on for ever, once it has printed that.
 */
export function runConvex(root: string, args: readonly string[], until?: string): Promise<CliRun> {
  const child = spawn(process.execPath, [path.join("node_modules", "convex", "bin", "main.js"), ...args], {
    cwd: root,
    env: { ...process.env, CI: "1", CONVEX_VERSION_API_ORIGIN: "http://127.0.0.1:9" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      printed[name] += chunk;
      if (until !== undefined && printed[name].includes(until)) child.kill();
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...printed })));
}
