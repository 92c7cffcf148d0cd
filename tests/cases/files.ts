import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDERS = ["app", "components", "convex", "lib", "local", "tests"];
const CASE = /["'`]case \d+: /;

/** Test files, relative to the project, that have a test which stands for one of the cases. */
export function filesWithCases(root: string): string[] {
  return FOLDERS.flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name)))
    .filter((name) => name.endsWith(".test.ts") && CASE.test(readFileSync(path.join(root, name), "utf8")))
    .sort();
}
