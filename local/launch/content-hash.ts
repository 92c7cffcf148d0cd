import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Files that no build or push contains. */
const irrelevant = /(?:^|\/)\.|\.test\.tsx?$/;

/**
 * A hash of the names and contents of files: equal as long as nothing changed. `inputs` are files or folders
 * relative to `root`; one that does not exist counts as empty. `facts` are hashed along with them.
 */
export function hashContents(root: string, inputs: readonly string[], facts: readonly string[] = []): string {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const input of inputs) {
    for (const file of filesOf(root, input)) {
      const content = readFileSync(path.join(root, file));
      hash.update(`\0${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}

function filesOf(root: string, input: string): string[] {
  const found = statSync(path.join(root, input), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [input];
  return readdirSync(path.join(root, input), { recursive: true, encoding: "utf8" })
    .map((name) => `${input}/${name.replaceAll(path.sep, "/")}`)
    .filter((file) => !irrelevant.test(file) && statSync(path.join(root, file)).isFile())
    .sort();
}
