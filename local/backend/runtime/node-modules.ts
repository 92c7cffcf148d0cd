import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ModuleLoader, Namespace, PushedModule } from "./module-loader";
import { keepSourceMap } from "./source-maps";

/** Writes the modules of the Node environment as files, in a folder named after their content, and returns it. */
export function writeNodeModules(root: string, modules: readonly PushedModule[]): string {
  const hash = createHash("sha256");
  for (const { path, source } of modules) hash.update(`${path}\0${source.length}\0${source}`);
  const folder = join(root, hash.digest("hex").slice(0, 24));
  if (existsSync(folder)) return folder;
  // Written aside and renamed: a folder that exists is complete, also after a crash.
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  for (const { path, source } of modules) {
    const file = join(draft, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, "package.json"), '{"type":"module"}');
  renameSync(draft, folder);
  return folder;
}

/** Imports modules that {@link writeNodeModules} wrote, with the `require` that their bundles look for. */
export class NodeModuleLoader implements ModuleLoader {
  constructor(
    private readonly folder: string,
    modules: readonly PushedModule[],
  ) {
    for (const { path, sourceMap } of modules) keepSourceMap(path, sourceMap);
    Object.assign(globalThis, { require: createRequire(join(folder, "package.json")) });
  }

  async load(path: string): Promise<Namespace> {
    return (await import(pathToFileURL(join(this.folder, path)).href)) as Namespace;
  }
}
