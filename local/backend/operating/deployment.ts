import { z } from "zod";
import { ActionRunner, type ActionSyscall } from "../workers/actions/action-runner";
import { ActionRunners } from "../workers/actions/action-runners";
import { assertActionsOnly, SCHEMA_MODULE, type Analysis, type DefinitionAnalysis } from "../functions/analysis";
import type { Environment } from "./environment";
import type { FunctionAddress } from "../components/function-address";
import { parseFunctionPath, type FunctionFacts } from "../functions/function-registry";
import type { PushedModule } from "../runtime/module-loader";
import { writeNodeModules } from "../runtime/node-modules";
import { runInline, type InlineCall } from "../workers/inline-query";
import { TransactionRunner } from "../workers/transaction-runner";
import type { TransactionResult, WorkerSetup } from "../workers/worker-protocol";

/** A module as it is pushed and stored. */
export const storedModule = z.object({ path: z.string(), source: z.string(), environment: z.enum(["isolate", "node"]), sourceMap: z.string().optional() });

/** A push as it is stored: all that a restart needs. */
export const storedPush = z.object({
  modules: z.array(storedModule),
  schemaSource: z.string().nullable(),
  /** The app's `convex.config.ts`. */
  definitionSource: z.string().nullable().default(null),
  components: z.array(z.object({ definitionPath: z.string(), definitionSource: z.string(), modules: z.array(storedModule), schemaSource: z.string().nullable() })).default([]),
  udfServerVersion: z.string(),
  functionsFolder: z.string(),
});
export type StoredPush = z.infer<typeof storedPush>;

export const EMPTY_PUSH: StoredPush = { modules: [], schemaSource: null, definitionSource: null, components: [], udfServerVersion: "0.0.0", functionsFolder: "convex/" };

/** The modules and, under a name of its own, the schema. */
function withSchema({ modules, schemaSource }: { modules: PushedModule[]; schemaSource: string | null }): PushedModule[] {
  return schemaSource === null ? modules : [...modules, { path: SCHEMA_MODULE, source: schemaSource, environment: "isolate" }];
}

/** One version of the pushed code with the workers that run it. */
export class Deployment {
  readonly transactions: TransactionRunner;
  readonly isolateActions: ActionRunners;
  readonly nodeActions: ActionRunners;
  private facts: Analysis = { definitions: {}, tree: {} };
  /** Runs a query that is not part of the push, given as source text. */
  readonly inlineQuery: (source: string, call: InlineCall) => Promise<TransactionResult>;

  constructor(
    readonly push: StoredPush,
    options: { program: string; env: Environment; storeFolder: string; moduleRoot: string; runawayMs: number; syscall: ActionSyscall },
  ) {
    const nodeModules = push.modules.filter(({ environment }) => environment === "node");
    const setup: WorkerSetup = {
      program: options.program,
      modules: withSchema(push),
      definitionSource: push.definitionSource,
      components: push.components.map((component) => ({ ...component, modules: withSchema(component) })),
      env: options.env,
      storeFolder: options.storeFolder,
      runtime: "isolate",
      moduleFolder: nodeModules.length === 0 ? options.moduleRoot : writeNodeModules(options.moduleRoot, nodeModules),
    };
    this.transactions = new TransactionRunner(setup, options.runawayMs);
    this.inlineQuery = (source, call) => runInline(setup, options.runawayMs, source, call);
    this.isolateActions = new ActionRunners(() => new ActionRunner(setup, options.syscall));
    this.nodeActions = new ActionRunners(() => new ActionRunner({ ...setup, runtime: "node" }, options.syscall));
  }

  get analysis(): Analysis {
    return this.facts;
  }

  /** Evaluates all modules. Throws {@link FunctionError} for the first that fails. */
  async analyze(): Promise<Analysis> {
    const hasNode = this.push.modules.some(({ environment }) => environment === "node");
    const [isolate, node] = await Promise.all([this.transactions.analyze(), hasNode ? this.nodeActions.analyze() : null]);
    const app = isolate.definitions[""];
    const onNode = node?.definitions[""]?.functions;
    if (onNode !== undefined) assertActionsOnly(onNode);
    this.facts = app === undefined || onNode === undefined ? isolate : { ...isolate, definitions: { ...isolate.definitions, "": { ...app, functions: { ...app.functions, ...onNode } } } };
    return this.facts;
  }

  /** What is known of the app or of a mounted component, or undefined. */
  analysisOf(component: string): DefinitionAnalysis | undefined {
    const { tree, definitions } = this.facts;
    const instance = Object.hasOwn(tree, component) ? tree[component] : undefined;
    return instance === undefined ? undefined : definitions[instance.definitionPath];
  }

  /** What is known of a function, or undefined. */
  find({ component, path }: FunctionAddress): FunctionFacts | undefined {
    const { module, name } = parseFunctionPath(path);
    const modules = this.analysisOf(component)?.functions ?? {};
    const functions = Object.hasOwn(modules, module) ? modules[module] : undefined;
    return functions !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
  }

  /** The worker for an action. */
  actionsFor({ component, path }: FunctionAddress): ActionRunners {
    const { module } = parseFunctionPath(path);
    const environment = component === "" ? this.push.modules.find((candidate) => candidate.path === module)?.environment : "isolate";
    return environment === "node" ? this.nodeActions : this.isolateActions;
  }

  /** Takes this version out of service: mutations end now, queries and actions when they are done. */
  async retire(): Promise<void> {
    this.isolateActions.retire();
    this.nodeActions.retire();
    await this.transactions.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.isolateActions.close(), this.nodeActions.close(), this.transactions.close()]);
  }
}
