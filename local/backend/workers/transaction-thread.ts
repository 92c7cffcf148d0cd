import type { Worker } from "node:worker_threads";
import { FunctionError } from "../values/encoded-value";
import { hostLimits } from "../limits";
import { startWorker } from "./worker-thread";
import type { FromTransactionWorker, ToTransactionWorker, TransactionCall, TransactionResult, WorkerSetup } from "./worker-protocol";

interface Pending {
  resolve: (message: FromTransactionWorker) => void;
  reject: (error: Error) => void;
  /** Gives what is asked this much time from now on. */
  within: (ms: number) => void;
}

/** One worker thread for transactions. It dies of a function that runs away. */
export class TransactionThread {
  readonly ready: Promise<void>;
  dead = false;
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 0;

  /** `runawayMs`: how long a function may take. */
  constructor(
    setup: WorkerSetup,
    private readonly runawayMs: number,
  ) {
    this.worker = startWorker("transaction-worker", setup, {});
    this.ready = new Promise((resolve, reject) => {
      this.worker.on("message", (message: FromTransactionWorker) => {
        if (message.type === "ready") resolve();
        else if (message.type === "loading") this.pending.get(message.id)?.within(hostLimits.moduleLoadMs);
        else if (message.type === "started") this.pending.get(message.id)?.within(this.runawayMs);
        else {
          this.pending.get(message.id)?.resolve(message);
          this.pending.delete(message.id);
        }
      });
      this.worker.on("error", (error) => this.end(error, reject));
      this.worker.on("exit", () => this.end(new Error("The worker thread ended"), reject));
    });
    this.ready.catch(() => undefined);
  }

  /** Sends a request and waits for its answer; a worker that takes longer than it may is ended. */
  async ask(make: (id: number) => ToTransactionWorker, timeMs: number): Promise<FromTransactionWorker> {
    await this.ready;
    const id = this.nextId++;
    let timer: NodeJS.Timeout | undefined;
    const watch = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        this.end(new FunctionError(`Function execution timed out (maximum duration: 1s). It was stopped.`));
        void this.worker.terminate();
      }, ms);
    };
    try {
      return await new Promise<FromTransactionWorker>((resolve, reject) => {
        if (this.dead) return reject(new Error("The worker thread ended"));
        this.pending.set(id, { resolve, reject, within: watch });
        watch(timeMs);
        this.tell(make(id));
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a query or mutation, with `hold` on the same view of the store as the calls before it. Rejects with {@link FunctionError} when it had to be stopped. */
  async run(call: TransactionCall, hold: boolean): Promise<TransactionResult> {
    const answer = await this.ask((id) => ({ type: "run", id, call, hold }), this.runawayMs);
    if (answer.type !== "ran") throw new Error(`Unexpected answer ${answer.type}`);
    return answer.result;
  }

  tell(message: ToTransactionWorker): void {
    this.worker.postMessage(message);
  }

  async close(): Promise<void> {
    if (this.dead) return;
    this.dead = true;
    const ended = new Promise((resolve) => this.worker.once("exit", resolve));
    this.tell({ type: "close" });
    const timer = setTimeout(() => void this.worker.terminate(), 1000);
    await ended;
    clearTimeout(timer);
  }

  private end(error: Error, reject?: (error: Error) => void): void {
    this.dead = true;
    reject?.(error);
    for (const { reject: fail } of this.pending.values()) fail(error);
    this.pending.clear();
  }
}
