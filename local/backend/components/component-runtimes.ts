import type vm from "node:vm";
import { trackEnvironment, type Environment, type TrackedEnvironment } from "../operating/environment";
import { FunctionError } from "../values/encoded-value";
import { buildTree, componentDefinition, PLAIN_APP, type ComponentDefinition, type ComponentTree } from "./component-tree";
import { callMethod, FunctionRegistry } from "../functions/function-registry";
import { ContextModuleLoader, type PushedModule } from "../runtime/module-loader";

/** The code of one component as it was pushed: it is evaluated once for each place where the component is mounted. */
export interface PushedComponent {
  /** Where its `convex.config.ts` lies, as seen from the app's. */
  definitionPath: string;
  definitionSource: string;
  modules: PushedModule[];
}

/** The modules of the app or of one mounted component in a context of their own. */
export interface ComponentRuntime {
  modules: readonly PushedModule[];
  env: TrackedEnvironment;
  loader: ContextModuleLoader;
  registry: FunctionRegistry;
}

interface Code {
  /** The app's modules for the default runtime. */
  modules: readonly PushedModule[];
  definitionSource: string | null;
  components: readonly PushedComponent[];
  env: Environment;
}

/** The app and its components in the default runtime, each evaluated when it is first needed. */
export class ComponentRuntimes {
  readonly app: ComponentRuntime;
  private readonly mounted = new Map<string, ComponentRuntime>();
  private readonly appContext: vm.Context;
  private readings: Promise<Record<string, ComponentDefinition>> | null = null;
  private mounting: Promise<ComponentTree> | null = null;

  constructor(
    private readonly code: Code,
    private readonly createContext: (env: Environment) => vm.Context,
  ) {
    const env = trackEnvironment(code.env);
    this.appContext = createContext(env.variables);
    this.app = runtimeOf("", code.modules, env, this.appContext);
  }

  /** What each definition says, by its path. Rejects with {@link FunctionError} for one that fails. */
  definitions(): Promise<Record<string, ComponentDefinition>> {
    this.readings ??= readDefinitions(this.code, this.appContext);
    return this.readings;
  }

  /** Rejects with {@link FunctionError} when the components cannot be mounted as they say. */
  tree(): Promise<ComponentTree> {
    this.mounting ??= this.definitions().then((definitions) => buildTree(definitions, this.code.env));
    return this.mounting;
  }

  /** The same as {@link get} for what was evaluated before, or undefined. */
  known(component: string): ComponentRuntime | undefined {
    return component === "" ? this.app : this.mounted.get(component);
  }

  /** The code of one mounted component; "" is the app. Rejects with {@link FunctionError} when nothing is mounted there. */
  async get(component: string): Promise<ComponentRuntime> {
    const known = this.known(component);
    if (known !== undefined) return known;
    const tree = await this.tree();
    const instance = Object.hasOwn(tree, component) ? tree[component] : undefined;
    if (instance === undefined) throw new FunctionError(`Component "${component}" is not mounted. Did you forget to \`app.use\` it in convex.config.ts?`);
    const env = trackEnvironment(instance.env);
    const modules = this.code.components.find(({ definitionPath }) => definitionPath === instance.definitionPath)?.modules ?? [];
    // Nothing is awaited from the second look to here: a component gets one runtime, however many ask for it at once.
    const runtime = this.mounted.get(component) ?? runtimeOf(component, modules, env, this.createContext(env.variables));
    this.mounted.set(component, runtime);
    return runtime;
  }
}

function runtimeOf(component: string, modules: readonly PushedModule[], env: TrackedEnvironment, context: vm.Context): ComponentRuntime {
  const loader = new ContextModuleLoader(modules, context, component);
  return { modules, env, loader, registry: new FunctionRegistry(loader, component) };
}

const APP_DEFINITION = "convex.config.js";

/**
 * A definition imports those of its children as `./_componentDeps/<base64url of the path>`, and wants of each the path and the
 * name it gives itself: such a module is made for each, beside the definition itself.
 */
async function readDefinitions({ definitionSource, components }: Code, context: vm.Context): Promise<Record<string, ComponentDefinition>> {
  const sources: PushedModule[] = [{ path: APP_DEFINITION, source: definitionSource ?? "", environment: "isolate" }];
  for (const { definitionPath, definitionSource: source } of components) {
    const name = Buffer.from(definitionPath).toString("base64url");
    const link = `import definition from "../${name}.js";\nexport default { componentDefinitionPath: ${JSON.stringify(definitionPath)}, defaultName: definition._name };`;
    sources.push({ path: `${name}.js`, source, environment: "isolate" }, { path: `_componentDeps/${name}`, source: link, environment: "isolate" });
  }
  const loader = new ContextModuleLoader(sources, context);
  const read = async (path: string, module: string): Promise<ComponentDefinition> => {
    try {
      const { default: definition } = await loader.load(module);
      return componentDefinition.parse(callMethod(definition as object, "export"));
    } catch (thrown) {
      const message = typeof thrown === "object" && thrown !== null && "message" in thrown ? String(thrown.message) : String(thrown);
      throw new FunctionError(`Failed to evaluate ${path === "" ? "convex.config.ts" : `the component definition "${path}"`}: Uncaught ${message}`);
    }
  };
  const definitions: Record<string, ComponentDefinition> = { "": definitionSource === null ? PLAIN_APP : await read("", APP_DEFINITION) };
  for (const { definitionPath } of components) {
    definitions[definitionPath] = await read(definitionPath, `${Buffer.from(definitionPath).toString("base64url")}.js`);
  }
  return definitions;
}
