import type { Worker } from "node:worker_threads";
import type { Analysis } from "./analysis";
import type { Catalog } from "../store/catalog";
import { FunctionError } from "../values/encoded-value";
import { PushRefused, type Failure } from "./function-failure";
import { hostLimits } from "../limits";
import { startWorker } from "./worker-thread";
import type { FromTransactionWorker, ToTransactionWorker, TransactionCall, TransactionResult, WorkerSetup } from "./worker-protocol";

interface Pending {
  resolve: (message: FromTransactionWorker) => void;
  reject: (error: Error) => void;
  started: () => void;
}

/** One worker thread for transactions. It dies of a function that runs away; the runner then takes the next one. */
class TransactionThread {
  readonly ready: Promise<void>;
  dead = false;
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 0;

  constructor(setup: WorkerSetup) {
    this.worker = startWorker("transaction-worker", setup, {});
    this.ready = new Promise((resolve, reject) => {
      this.worker.on("message", (message: FromTransactionWorker) => {
        if (message.type === "ready") resolve();
        else if (message.type === "started") this.pending.get(message.id)?.started();
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
  async ask(make: (id: number) => ToTransactionWorker, firstMs: number, afterStartMs: number): Promise<FromTransactionWorker> {
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
        this.pending.set(id, { resolve, reject, started: () => watch(afterStartMs) });
        watch(firstMs);
        this.tell(make(id));
      });
    } finally {
      clearTimeout(timer);
    }
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

/**
 * Runs queries and mutations of one version of the pushed code. Calls must come one at a time: the engine's lock sees to
 * that. A warm spare thread stands by, so that a runaway function costs the others only the time it was given.
 */
export class TransactionRunner {
  private current: TransactionThread;
  private spare: TransactionThread | null = null;
  private closed = false;

  constructor(
    private setup: WorkerSetup,
    private readonly runawayMs: number,
  ) {
    this.current = new TransactionThread(setup);
  }

  /** Evaluates the modules. Throws {@link FunctionError} when one of them fails. */
  async analyze(): Promise<Analysis> {
    const answer = await this.thread().ask((id) => ({ type: "analyze", id }), hostLimits.moduleLoadMs, hostLimits.moduleLoadMs);
    return analysisOf(answer);
  }

  /** Runs a query or mutation. Rejects with {@link FunctionError} when it had to be stopped. */
  async run(call: TransactionCall): Promise<TransactionResult> {
    const answer = await this.thread().ask((id) => ({ type: "run", id, call }), hostLimits.moduleLoadMs, this.runawayMs);
    if (answer.type !== "ran") throw new Error(`Unexpected answer ${answer.type}`);
    return answer.result;
  }

  /** Starts the spare thread, if there is none. */
  keepSpare(): void {
    if (!this.closed) this.spare ??= new TransactionThread(this.setup);
  }

  /** Announces new tables or indexes, before the next call. */
  setCatalog(catalog: Catalog): void {
    this.setup = { ...this.setup, catalog };
    this.current.tell({ type: "catalog", catalog });
    this.spare?.tell({ type: "catalog", catalog });
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.current.close(), this.spare?.close()]);
  }

  private thread(): TransactionThread {
    if (this.current.dead && !this.closed) {
      this.current = this.spare ?? new TransactionThread(this.setup);
      this.spare = null;
      this.keepSpare();
    }
    return this.current;
  }
}

/** The analysis in a worker's answer. Throws the failure, when it is one. */
export function analysisOf(answer: { type: string; analysis?: Analysis | Failure }): Analysis {
  const { analysis } = answer;
  if (analysis === undefined) throw new Error(`Unexpected answer ${answer.type}`);
  if (!("message" in analysis)) return analysis;
  throw analysis.code === undefined ? new FunctionError(analysis.message) : new PushRefused(analysis.code, analysis.message);
}
