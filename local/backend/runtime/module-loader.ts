import { posix } from "node:path";
import vm from "node:vm";
import { keepSourceMap, MODULE_SCHEME } from "./source-maps";

/** One module of a push: self-contained ECMAScript, or a chunk that others import by relative path. */
export interface PushedModule {
  path: string;
  source: string;
  environment: "isolate" | "node";
  sourceMap?: string | undefined;
}

export type Namespace = Record<string, unknown>;

/** Gives a module by its path, evaluated. Rejects with whatever the module throws. */
export interface ModuleLoader {
  has(path: string): boolean;
  load(path: string): Promise<Namespace>;
}

/** Loads modules into a context, each when it is first asked for. They can import each other and nothing else. */
export class ContextModuleLoader implements ModuleLoader {
  private readonly sources: Map<string, string>;
  private readonly origin: string;
  private readonly compiled = new Map<string, vm.SourceTextModule>();
  private readonly evaluated = new Map<string, Promise<Namespace>>();

  constructor(
    modules: readonly PushedModule[],
    private readonly context: vm.Context,
    component = "",
  ) {
    const owner = component === "" ? "" : `${component};`;
    this.origin = MODULE_SCHEME + owner;
    for (const { path, sourceMap } of modules) keepSourceMap(owner + path, sourceMap);
    this.sources = new Map(modules.map(({ path, source }) => [path, source]));
  }

  has(path: string): boolean {
    return this.sources.has(path);
  }

  load(path: string): Promise<Namespace> {
    let namespace = this.evaluated.get(path);
    if (namespace === undefined) {
      namespace = this.evaluate(path);
      this.evaluated.set(path, namespace);
    }
    return namespace;
  }

  private async evaluate(path: string): Promise<Namespace> {
    const module = this.compile(path);
    if (module.status === "unlinked") await module.link((specifier, referrer) => this.resolve(specifier, referrer.identifier));
    await module.evaluate();
    return module.namespace as Namespace;
  }

  private compile(path: string): vm.SourceTextModule {
    const known = this.compiled.get(path);
    if (known !== undefined) return known;
    const source = this.sources.get(path);
    if (source === undefined) throw new Error(`Could not find module ${path}`);
    const module = new vm.SourceTextModule(source, {
      context: this.context,
      identifier: this.origin + path,
      importModuleDynamically: async (specifier: string, referrer: vm.Module) => {
        const target = this.resolve(specifier, referrer.identifier);
        await this.load(target.identifier.slice(this.origin.length));
        return target;
      },
    });
    this.compiled.set(path, module);
    return module;
  }

  private resolve(specifier: string, from: string): vm.SourceTextModule {
    if (specifier.startsWith(`${MODULE_SCHEME}/`)) return this.compile(specifier.slice(MODULE_SCHEME.length));
    if (!specifier.startsWith(".")) throw new Error(`Cannot import "${specifier}" in the default runtime. Add "use node" to use Node.js modules.`);
    return this.compile(posix.join(posix.dirname(from.slice(this.origin.length)), specifier));
  }
}
