import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { removeOldBuilds, keepBuild } from "./builds";

/** What is run by itself: the process, its worker threads, and the reader of a store that may be damaged. */
const ENTRIES = ["main.ts", "workers/transaction-worker.ts", "workers/actions/action-worker.ts", "store/read-through.mjs"];
/** What runs beside pushed code, with all it needs in it: nothing can be imported there. */
const FOR_PUSHED_CODE = ["runtime/inline-wrappers.ts"];
const SOURCE = fileURLToPath(new URL("./", import.meta.url));

/**
 * The folder of the program as plain JavaScript, `main.mjs` and its workers beside each other: every thread that translates
 * TypeScript for itself would take half a second of a core to start. What is part of the program names its own folder; out of the
 * sources it is built first, unless it was before, which takes a fifth of a second.
 */
export function programFolder(): Promise<string> {
  found ??= findFolder();
  return found;
}

let found: Promise<string> | undefined;

async function findFolder(): Promise<string> {
  if (import.meta.url.endsWith(".ts")) return await build();
  keepBuild(SOURCE);
  return SOURCE;
}

/**
 * Equal sources make the same folder, so that nobody builds under the feet of a backend that runs; it is whole on the disk before
 * it has its name. Whoever builds removes what has not been used for long.
 */
async function build(): Promise<string> {
  const { buildSync } = await import("esbuild");
  const common: BuildOptions = { absWorkingDir: SOURCE, entryNames: "[name]", outdir: join(SOURCE, "program"), outExtension: { ".js": ".mjs" }, bundle: true, format: "esm", target: "node20", logLevel: "error" };
  const outputFiles = [
    ...buildSync({ ...common, entryPoints: ENTRIES, splitting: true, packages: "external", platform: "node", write: false }).outputFiles,
    ...buildSync({ ...common, entryPoints: FOR_PUSHED_CODE, platform: "neutral", mainFields: ["module", "main"], write: false }).outputFiles,
  ];
  const hash = createHash("sha256");
  for (const { path, contents } of outputFiles) hash.update(`\0${basename(path)}\0`).update(contents);
  const cache = join(nodeModules(), ".cache", "embedded-backend");
  const folder = join(cache, hash.digest("hex").slice(0, 16));
  if (keepBuild(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, "unfinished-"));
  for (const { path, contents } of outputFiles) writeFileSync(join(unfinished, basename(path)), contents, { flush: true });
  try {
    renameSync(unfinished, folder);
  } catch (thrown) {
    // Somebody else was quicker with the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw thrown;
  }
  keepBuild(folder);
  removeOldBuilds(cache, folder, Date.now());
  return folder;
}

/** Where the packages lie that the program needs: it must lie below them to find them. */
function nodeModules(): string {
  const [first] = createRequire(import.meta.url).resolve.paths("lmdb")?.filter((folder) => existsSync(join(folder, "lmdb"))) ?? [];
  if (first === undefined) throw new Error("The packages of the backend are not installed: npm ci");
  return first;
}
