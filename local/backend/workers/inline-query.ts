import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PushedModule } from "../runtime/module-loader";
import { TransactionThread } from "./transaction-thread";
import type { TransactionCall, TransactionResult, WorkerSetup } from "./worker-protocol";

/** The path that the CLI gives to a query that comes with the request (`npx convex run --inline-query`). */
const QUERY_MODULE = "testQuery.js";
/** Where such a query finds `query`: what it imports, without the scheme `convex:`. */
const WRAPPERS_MODULE = "/_system/repl/wrappers.js";
/** The program's own module of that, beside its workers. */
const WRAPPERS_FILE = "inline-wrappers.mjs";

/** A call of a query that has no place in the push, but for the component that it is run in. */
export type InlineCall = Omit<TransactionCall, "kind" | "path">;

/**
 * Runs the default export of `source` as a query of `call.component`, beside the modules of the push, in a thread that is started
 * for it and ends with it. Rejects with a FunctionError when it had to be stopped.
 */
export async function runInline(setup: WorkerSetup, runawayMs: number, source: string, call: InlineCall): Promise<TransactionResult> {
  const extra: PushedModule[] = [
    { path: QUERY_MODULE, source, environment: "isolate" },
    { path: WRAPPERS_MODULE, source: await readFile(join(setup.program, WRAPPERS_FILE), "utf8"), environment: "isolate" },
  ];
  const withExtra = { ...setup, modules: [...setup.modules, ...extra], components: setup.components.map((component) => ({ ...component, modules: [...component.modules, ...extra] })) };
  const thread = new TransactionThread(withExtra, runawayMs);
  try {
    return await thread.run({ ...call, kind: "Query", path: QUERY_MODULE }, false);
  } finally {
    await thread.close();
  }
}
