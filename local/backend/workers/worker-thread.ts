import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { hostLimits } from "../limits";
import { FunctionError } from "../values/encoded-value";
import type { WorkerSetup } from "./worker-protocol";

/** Starts a worker of the program. `processEnv` becomes its `process.env`. */
export function startWorker(module: "transaction-worker" | "action-worker", setup: WorkerSetup, processEnv: Record<string, string>): Worker {
  return new Worker(join(setup.program, `${module}.mjs`), {
    workerData: setup,
    env: processEnv,
    execArgv: ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"],
    resourceLimits: { maxOldGenerationSizeMb: module === "transaction-worker" ? hostLimits.transactionHeapMb : hostLimits.actionHeapMb },
  });
}

/** Whether a worker ended because its heap was full. */
export function isOutOfMemory(error: Error): boolean {
  return "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

export const tookTooLong = `Loading it took longer than ${hostLimits.moduleLoadMs / 1000} seconds.`;

/** Of a module whose evaluation had to be stopped, or ended its worker. */
export function notLoaded(path: string, reason: string): FunctionError {
  return new FunctionError(`Failed to analyze ${path}: ${reason}`);
}
