import { z } from "zod";
import { ActionRunner, type ActionSyscall } from "../functions/action-runner";
import { SCHEMA_MODULE, type Analysis } from "../functions/analysis";
import type { Catalog } from "../store/catalog";
import type { Environment } from "./environment";
import type { FunctionFacts } from "../functions/function-registry";
import { parseFunctionPath } from "../functions/function-registry";
import type { PushedModule } from "../functions/module-loader";
import { writeNodeModules } from "../functions/node-modules";
import { TransactionRunner } from "../functions/transaction-runner";
import type { WorkerSetup } from "../functions/worker-protocol";

/** A push as it is stored: all that a restart needs. */
export const storedPush = z.object({
  modules: z.array(z.object({ path: z.string(), source: z.string(), environment: z.enum(["isolate", "node"]) })),
  schemaSource: z.string().nullable(),
  udfServerVersion: z.string(),
  functionsFolder: z.string(),
});
export type StoredPush = z.infer<typeof storedPush>;

export const EMPTY_PUSH: StoredPush = { modules: [], schemaSource: null, udfServerVersion: "0.0.0", functionsFolder: "convex/" };

/** One version of the pushed code with the workers that run it. */
export class Deployment {
  readonly transactions: TransactionRunner;
  readonly isolateActions: ActionRunner;
  readonly nodeActions: ActionRunner;
  private facts: Analysis = { functions: {}, httpRoutes: null, crons: null, authConfig: null, schema: null };

  constructor(
    readonly push: StoredPush,
    options: { env: Environment; storeFolder: string; moduleRoot: string; catalog: Catalog; runawayMs: number; syscall: ActionSyscall },
  ) {
    const nodeModules = push.modules.filter(({ environment }) => environment === "node");
    const schema: PushedModule[] = push.schemaSource === null ? [] : [{ path: SCHEMA_MODULE, source: push.schemaSource, environment: "isolate" }];
    const setup: WorkerSetup = {
      modules: [...push.modules, ...schema],
      env: options.env,
      storeFolder: options.storeFolder,
      catalog: options.catalog,
      runtime: "isolate",
      moduleFolder: nodeModules.length === 0 ? options.moduleRoot : writeNodeModules(options.moduleRoot, nodeModules),
    };
    this.transactions = new TransactionRunner(setup, options.runawayMs);
    this.isolateActions = new ActionRunner(setup, options.syscall);
    this.nodeActions = new ActionRunner({ ...setup, runtime: "node" }, options.syscall);
  }

  get analysis(): Analysis {
    return this.facts;
  }

  /** Evaluates all modules. Throws {@link FunctionError} for the first that fails. */
  async analyze(): Promise<Analysis> {
    const hasNode = this.push.modules.some(({ environment }) => environment === "node");
    const [isolate, node] = await Promise.all([this.transactions.analyze(), hasNode ? this.nodeActions.analyze() : null]);
    this.facts = { ...isolate, functions: { ...isolate.functions, ...node?.functions } };
    return this.facts;
  }

  /** What is known of a function, or undefined. */
  find(path: string): FunctionFacts | undefined {
    const { module, name } = parseFunctionPath(path);
    const functions = Object.hasOwn(this.facts.functions, module) ? this.facts.functions[module] : undefined;
    return functions !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
  }

  /** The worker for the actions of the module that `path` is in. */
  actionsFor(path: string): ActionRunner {
    const { module } = parseFunctionPath(path);
    const environment = this.push.modules.find((candidate) => candidate.path === module)?.environment;
    return environment === "node" ? this.nodeActions : this.isolateActions;
  }

  /** Takes this version out of service: transactions end now, actions when they are done. */
  async retire(): Promise<void> {
    this.isolateActions.retire();
    this.nodeActions.retire();
    await this.transactions.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.isolateActions.close(), this.nodeActions.close(), this.transactions.close()]);
  }
}
