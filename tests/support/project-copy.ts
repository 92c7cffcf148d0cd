import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const left = /^(?:node_modules|\.next|\.lineartime|\.git|\.env.*|test-results|playwright-report|.*\.tsbuildinfo)$/;

/** A copy of this project that a test may change. */
export interface ProjectCopy {
  readonly root: string;
  dispose(): void;
}

/**
 * Copies the sources. The packages are hard links to ours, because Turbopack follows no symbolic link out of the
 * project; where the copy lies on another disk they are copied too.
 */
export function copyProject(): ProjectCopy {
  const copy = mkdtempSync(path.join(tmpdir(), "lineartime-copy-"));
  cpSync(root, copy, { recursive: true, filter: (file) => path.dirname(file) !== root || !left.test(path.basename(file)) });
  const packages = [path.join(root, "node_modules"), path.join(copy, "node_modules")];
  try {
    execFileSync("cp", ["-al", ...packages], { stdio: "ignore" });
  } catch {
    execFileSync("cp", ["-a", path.join(root, "node_modules", "."), path.join(copy, "node_modules")]);
  }
  return { root: copy, dispose: () => rmSync(copy, { recursive: true, force: true }) };
}
