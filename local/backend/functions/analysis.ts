import { FunctionError } from "../values/encoded-value";
import type { ComponentRuntimes } from "../components/component-runtimes";
import type { ComponentDefinition, ComponentTree } from "../components/component-tree";
import { failureOf, PushRefused } from "./function-failure";
import { asFunction, callMethod, type FunctionFacts } from "./function-registry";
import type { TrackedEnvironment } from "../operating/environment";
import type { ModuleLoader, Namespace, PushedModule } from "../runtime/module-loader";

/** What a push is made of. Plain data. */
export interface Analysis {
  /** The app ("") and the definitions of its components, by path. */
  definitions: Record<string, DefinitionAnalysis>;
  tree: ComponentTree;
}

/** What the app, or one component's definition, exports. */
export interface DefinitionAnalysis extends ModuleAnalysis {
  definition: ComponentDefinition;
}

/** What the modules of one environment export. */
export interface ModuleAnalysis {
  /** Functions by module path, then by name. */
  functions: Record<string, Record<string, FunctionFacts>>;
  /** Path and method of each route of `http.js`, or null when there is no such module. */
  httpRoutes: { path: string; method: string }[] | null;
  /** The JSON text of `crons.js`, or null. */
  crons: string | null;
  /** The JSON text of the default export of `auth.config.js`, or null. */
  authConfig: string | null;
  /** The JSON text of the schema, or null. */
  schema: string | null;
}

/** The path under which the schema is evaluated with the modules. */
export const SCHEMA_MODULE = "_schema.js";

/** A module exports something else than it must; the message says which. */
class UnfitExport extends FunctionError {}

/** Module paths that the real push refuses are refused here. */
const MODULE_PATH = /^[A-Za-z0-9_./]+$/;

/** Told of each module before it is evaluated: what does not end cannot say itself where it is. */
export type Announce = (path: string) => void;

/** Evaluates the app and its components in the default runtime. Throws {@link FunctionError} naming what failed. */
export async function analyzeComponents(runtimes: ComponentRuntimes, announce: Announce): Promise<Analysis> {
  const [definitions, tree] = await Promise.all([runtimes.definitions(), runtimes.tree()]);
  const analysis: Analysis = { definitions: {}, tree };
  for (const [component, { definitionPath }] of Object.entries(tree)) {
    const definition = definitions[definitionPath];
    if (definition === undefined || Object.hasOwn(analysis.definitions, definitionPath)) continue;
    const { modules, loader, env } = await runtimes.get(component);
    try {
      analysis.definitions[definitionPath] = { definition, ...(await analyzeModules(modules, loader, env, (path) => announce(component === "" ? path : `${component}/${path}`))) };
    } catch (thrown) {
      if (component !== "" && thrown instanceof FunctionError) throw new FunctionError(`In component "${component}": ${thrown.message}`);
      throw thrown;
    }
  }
  return analysis;
}

/** Evaluates every module and reads its exports. Throws {@link FunctionError} naming the module that failed. */
export async function analyzeModules(modules: readonly PushedModule[], loader: ModuleLoader, env: TrackedEnvironment, announce: Announce): Promise<ModuleAnalysis> {
  const analysis: ModuleAnalysis = { functions: {}, httpRoutes: null, crons: null, authConfig: null, schema: null };
  for (const { path } of modules) {
    if (path.startsWith("_deps/")) continue;
    const named = path.replace(/\.config\.js$/, ".js");
    if (!MODULE_PATH.test(named)) {
      throw new FunctionError(`InvalidModulePath: ${path} is not a valid path to a Convex module. Path component can only contain alphanumeric characters, underscores, or periods.`);
    }
    const shown = path === SCHEMA_MODULE ? "schema.js" : path;
    announce(shown);
    try {
      env.missing.clear();
      const namespace = await loader.load(path);
      if (path === "auth.config.js") assertAuthEnvironment(env);
      if (path === SCHEMA_MODULE) analysis.schema = exportedSchema(namespace);
      else readExports(path, namespace, analysis);
    } catch (thrown) {
      if (thrown instanceof UnfitExport || thrown instanceof PushRefused) throw thrown;
      throw new FunctionError(`Failed to analyze ${shown}: ${failureOf(thrown).message}`);
    }
  }
  return analysis;
}

/** Refuses functions of other kinds in modules for Node. Throws {@link FunctionError}. */
export function assertActionsOnly(functions: ModuleAnalysis["functions"]): void {
  for (const [path, exported] of Object.entries(functions)) {
    for (const [name, { kind }] of Object.entries(exported)) {
      if (kind === "Action") continue;
      throw new FunctionError(`${name} defined in ${path} is a ${kind} function. Only actions can be defined in Node.js. See https://docs.convex.dev/functions/actions for more details.`);
    }
  }
}

function assertAuthEnvironment({ missing }: TrackedEnvironment): void {
  const [name] = missing;
  if (name === undefined) return;
  throw new PushRefused("AuthConfigMissingEnvironmentVariable", `Environment variable ${name} is used in auth config file but its value was not set`);
}

function exportedSchema(namespace: Namespace): string {
  const main = namespace["default"];
  if (typeof main !== "object" || main === null || !("export" in main)) throw new UnfitExport("`convex/schema.js` must have a default export of what `defineSchema` returns.");
  return String(callMethod(main, "export"));
}

function readExports(path: string, namespace: Namespace, analysis: ModuleAnalysis): void {
  const functions: Record<string, FunctionFacts> = {};
  for (const name of Object.keys(namespace)) {
    const found = asFunction(namespace[name]);
    if (found === null) continue;
    const { invoke: _, ...facts } = found;
    functions[name] = facts;
  }
  analysis.functions[path] = functions;
  if (path === "auth.config.js") analysis.authConfig = JSON.stringify(namespace["default"]);
  if (path === "crons.js") analysis.crons = String(callMethod(mainExport(namespace, path, "isCrons", "Crons object"), "export"));
  if (path === "http.js") {
    const routes = callMethod(mainExport(namespace, path, "isRouter", "Router"), "getRoutes") as [string, string, unknown][]; // the router of the `convex` package
    analysis.httpRoutes = routes.map(([route, method]) => ({ path: route, method }));
  }
}

/** The default export of a module, which the `convex` package marks as what it must be. */
function mainExport(namespace: Namespace, path: string, mark: string, kind: string): object {
  if (!Object.hasOwn(namespace, "default")) throw new UnfitExport(`\`convex/${path}\` must have a default export of a ${kind}.`);
  const main = namespace["default"];
  if (typeof main !== "object" || main === null || Reflect.get(main, mark) !== true) throw new UnfitExport(`The default export of \`convex/${path}\` is not a ${kind}.`);
  return main;
}
