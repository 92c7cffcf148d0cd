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
  // Written aside and renamed: a folder that exists is complete.
  const draft = `${folder}.${process.pid}`;
  try {
    for (const { path, source } of [...modules, { path: "package.json", source: '{"type":"module"}' }]) {
      const file = join(draft, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, source);
    }
    renameSync(draft, folder);
    return folder;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Imports modules that {@link writeNodeModules} wrote, with the `require` that their bundles look for. */
export class NodeModuleLoader implements ModuleLoader {
  private readonly paths: Set<string>;

  constructor(
    private readonly folder: string,
    modules: readonly PushedModule[],
  ) {
    this.paths = new Set(modules.map(({ path }) => path));
    for (const { path, sourceMap } of modules) keepSourceMap(path, sourceMap);
    Object.assign(globalThis, { require: createRequire(join(folder, "package.json")) });
  }

  has(path: string): boolean {
    return this.paths.has(path);
  }

  async load(path: string): Promise<Namespace> {
    return (await import(pathToFileURL(join(this.folder, path)).href)) as Namespace;
  }
}
