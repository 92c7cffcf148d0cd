import { FunctionError } from "../values/encoded-value";
import type { ComponentRuntimes } from "../components/component-runtimes";
import type { ComponentDefinition, ComponentTree } from "../components/component-tree";
import { PushRefused } from "./function-failure";
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

/** Module paths that the real push refuses are refused here. */
const MODULE_PATH = /^[A-Za-z0-9_./]+$/;

/** Evaluates the app and its components in the default runtime. Throws {@link FunctionError} naming what failed. */
export async function analyzeComponents(runtimes: ComponentRuntimes): Promise<Analysis> {
  const [definitions, tree] = await Promise.all([runtimes.definitions(), runtimes.tree()]);
  const analysis: Analysis = { definitions: {}, tree };
  for (const [component, { definitionPath }] of Object.entries(tree)) {
    const definition = definitions[definitionPath];
    if (definition === undefined || Object.hasOwn(analysis.definitions, definitionPath)) continue;
    const { modules, loader, env } = await runtimes.get(component);
    try {
      analysis.definitions[definitionPath] = { definition, ...(await analyzeModules(modules, loader, env)) };
    } catch (thrown) {
      if (component !== "" && thrown instanceof FunctionError) throw new FunctionError(`In component "${component}": ${thrown.message}`);
      throw thrown;
    }
  }
  return analysis;
}

/** Evaluates every module and reads its exports. Throws {@link FunctionError} naming the module that failed. */
export async function analyzeModules(modules: readonly PushedModule[], loader: ModuleLoader, env: TrackedEnvironment): Promise<ModuleAnalysis> {
  const analysis: ModuleAnalysis = { functions: {}, httpRoutes: null, crons: null, authConfig: null, schema: null };
  for (const { path } of modules) {
    if (path.startsWith("_deps/")) continue;
    const named = path.replace(/\.config\.js$/, ".js");
    if (!MODULE_PATH.test(named)) {
      throw new FunctionError(`InvalidModulePath: ${path} is not a valid path to a Convex module. Path component can only contain alphanumeric characters, underscores, or periods.`);
    }
    let namespace: Namespace;
    try {
      env.missing.clear();
      namespace = await loader.load(path);
      if (path === "auth.config.js") assertAuthEnvironment(env);
      if (path === SCHEMA_MODULE) analysis.schema = String(callMethod(namespace["default"] as object, "export"));
      else readExports(path, namespace, analysis);
    } catch (thrown) {
      if (thrown instanceof FunctionError) throw thrown;
      const message = typeof thrown === "object" && thrown !== null && "message" in thrown ? String(thrown.message) : String(thrown);
      throw new FunctionError(`Failed to analyze ${path}: Uncaught ${message}`);
    }
  }
  return analysis;
}

function assertAuthEnvironment({ missing }: TrackedEnvironment): void {
  const [name] = missing;
  if (name === undefined) return;
  throw new PushRefused("AuthConfigMissingEnvironmentVariable", `Environment variable ${name} is used in auth config file but its value was not set`);
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
  const main = namespace["default"];
  if (path === "auth.config.js") analysis.authConfig = JSON.stringify(main);
  if (typeof main !== "object" || main === null) return;
  if (path === "crons.js" && "isCrons" in main) analysis.crons = String(callMethod(main, "export"));
  if (path === "http.js" && "isRouter" in main) {
    const routes = callMethod(main, "getRoutes") as [string, string, unknown][]; // the router of the `convex` package
    analysis.httpRoutes = routes.map(([route, method]) => ({ path: route, method }));
  }
}
