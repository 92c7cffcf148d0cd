import { Worker } from "node:worker_threads";
import { hostLimits } from "../limits";
import type { WorkerSetup } from "./worker-protocol";

/**
 * Starts a worker on a TypeScript module beside this one. Node 20 does not apply `--import tsx` to the entry of a
 * worker, so a line of JavaScript registers tsx in it, imports the module, and takes tsx away again: pushed code is plain
 * JavaScript, and none of tsx's business.
 * `processEnv` becomes the worker's `process.env`.
 */
export function startWorker(module: "transaction-worker" | "action-worker", setup: WorkerSetup, processEnv: Record<string, string>): Worker {
  const tsx = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const entry = JSON.stringify(new URL(`./${module}.ts`, import.meta.url).href);
  const code = `import { register } from ${tsx}; const unregister = register(); await import(${entry}); await unregister();`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: setup,
    env: processEnv,
    execArgv: ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"],
    resourceLimits: { maxOldGenerationSizeMb: module === "transaction-worker" ? hostLimits.transactionHeapMb : hostLimits.actionHeapMb },
  });
}
