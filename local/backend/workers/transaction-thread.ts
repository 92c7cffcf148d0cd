import type { Worker } from "node:worker_threads";
import { FunctionError } from "../values/encoded-value";
import { hostLimits } from "../limits";
import { Watchdog } from "./watchdog";
import type { PendingWrites } from "../store/store-views";
import { isOutOfMemory, notLoaded, startWorker, tookTooLong } from "./worker-thread";
import type { FromTransactionWorker, ToTransactionWorker, TransactionCall, TransactionResult, WorkerSetup } from "./worker-protocol";

interface Pending {
  resolve: (message: FromTransactionWorker) => void;
  reject: (error: Error) => void;
}

/** One worker thread for transactions. It dies of a function that runs away. */
export class TransactionThread {
  readonly ready: Promise<void>;
  dead = false;
  private isReady = false;
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private readonly watchdog = new Watchdog(() => {
    this.end(this.loading === null ? new FunctionError(`Function execution timed out (maximum duration: 1s). It was stopped.`) : notLoaded(this.loading, tookTooLong));
    void this.worker.terminate();
  });
  /** The module that is being loaded. */
  private loading: string | null = null;
  private nextId = 0;

  /** `runawayMs`: how long a function may take. */
  constructor(
    setup: WorkerSetup,
    private readonly runawayMs: number,
  ) {
    this.worker = startWorker("transaction-worker", setup, {});
    this.ready = new Promise((resolve, reject) => {
      this.worker.on("message", (message: FromTransactionWorker) => {
        if (message.type === "ready") {
          this.isReady = true;
          resolve();
        } else if (message.type === "analyzing") this.loading = message.path;
        else if (message.type === "loading") {
          this.loading = message.module;
          this.watchdog.watch(hostLimits.moduleLoadMs);
        } else if (message.type === "started") {
          this.loading = null;
          this.watchdog.watch(this.runawayMs);
        } else {
          this.loading = null;
          this.pending.get(message.id)?.resolve(message);
          this.pending.delete(message.id);
          if (this.pending.size === 0) this.watchdog.rest();
        }
      });
      this.worker.on("error", (error) => this.end(isOutOfMemory(error) ? this.outOfMemory() : error, reject));
      this.worker.on("exit", () => this.end(new Error("The worker thread ended"), reject));
    });
    this.ready.catch(() => undefined);
  }

  /** Whether what is asked of it goes out in the same breath. */
  get atHand(): boolean {
    return this.isReady && !this.dead;
  }

  /** Sends a request and waits for its answer; a worker that takes longer than it may is ended. One at a time: their time is one. */
  async ask(make: (id: number) => ToTransactionWorker, timeMs: number): Promise<FromTransactionWorker> {
    if (!this.isReady) await this.ready;
    return await new Promise<FromTransactionWorker>((resolve, reject) => {
      if (this.dead) return reject(new Error("The worker thread ended"));
      const id = this.nextId++;
      this.pending.set(id, { resolve, reject });
      this.watchdog.watch(timeMs);
      this.tell(make(id));
    });
  }

  /** Runs a query or mutation, with `hold` on the same view of the store as the calls before it, with `pending` in it. Rejects with {@link FunctionError} when it had to be stopped. */
  async run(call: TransactionCall, hold: boolean, pending: PendingWrites | null = null): Promise<TransactionResult> {
    const answer = await this.ask((id) => ({ type: "run", id, call, hold, pending }), this.runawayMs);
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

  private outOfMemory(): FunctionError {
    const reason = `JavaScript execution ran out of memory (maximum memory usage: ${hostLimits.transactionHeapMb} MB).`;
    return this.loading === null ? new FunctionError(reason) : notLoaded(this.loading, reason);
  }

  private end(error: Error, reject?: (error: Error) => void): void {
    this.dead = true;
    this.watchdog.rest();
    reject?.(error);
    for (const { reject: fail } of this.pending.values()) fail(error);
    this.pending.clear();
  }
}
