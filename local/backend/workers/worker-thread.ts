import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { hostLimits } from "../limits";
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
