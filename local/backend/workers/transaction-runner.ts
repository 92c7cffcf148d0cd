import type { Analysis } from "../functions/analysis";
import { FunctionError } from "../values/encoded-value";
import { PushRefused, type Failure } from "../functions/function-failure";
import { hostLimits } from "../limits";
import { QueryThreads, type QueryThread } from "./query-threads";
import { TransactionThread } from "./transaction-thread";
import type { TransactionCall, TransactionResult, WorkerSetup } from "./worker-protocol";

/**
 * Runs queries and mutations of one version of the pushed code. Mutations come one at a time: the engine's lock sees to
 * that. Queries have threads of their own. A warm spare thread stands by, so that a runaway function costs the others
 * only the time it was given.
 */
export class TransactionRunner {
  private writer: TransactionThread;
  private readonly queries: QueryThreads;
  private spare: TransactionThread | null = null;
  private closed = false;

  constructor(
    private readonly setup: WorkerSetup,
    private readonly runawayMs: number,
  ) {
    this.writer = new TransactionThread(setup, runawayMs);
    this.queries = new QueryThreads(() => this.fresh());
  }

  /** Evaluates the modules. Throws {@link FunctionError} when one of them fails. */
  async analyze(): Promise<Analysis> {
    const answer = await this.writer.ask((id) => ({ type: "analyze", id }), hostLimits.moduleLoadMs);
    return analysisOf(answer);
  }

  /** Runs a mutation. Rejects with {@link FunctionError} when it had to be stopped. */
  run(call: TransactionCall): Promise<TransactionResult> {
    if (this.writer.dead && !this.closed) this.writer = this.fresh();
    return this.writer.run(call, false);
  }

  /** A thread for queries, for the caller alone until it is released. */
  query(): Promise<QueryThread> {
    return this.queries.take();
  }

  /** The same at once, or null: when none is free, or it has yet to start. */
  idleQuery(): QueryThread | null {
    return this.queries.takeIdle();
  }

  /** Starts the spare thread, if there is none. */
  keepSpare(): void {
    if (!this.closed) this.spare ??= new TransactionThread(this.setup, this.runawayMs);
  }

  /** Ends the threads; queries that run are let finish. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.writer.close(), this.spare?.close(), this.queries.close()]);
  }

  private fresh(): TransactionThread {
    const thread = this.spare ?? new TransactionThread(this.setup, this.runawayMs);
    this.spare = null;
    this.keepSpare();
    return thread;
  }
}

/** The analysis in a worker's answer. Throws the failure, when it is one. */
export function analysisOf(answer: { type: string; analysis?: Analysis | Failure }): Analysis {
  const { analysis } = answer;
  if (analysis === undefined) throw new Error(`Unexpected answer ${answer.type}`);
  if (!("message" in analysis)) return analysis;
  throw analysis.code === undefined ? new FunctionError(analysis.message) : new PushRefused(analysis.code, analysis.message);
}
