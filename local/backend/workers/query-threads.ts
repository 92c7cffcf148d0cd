import { hostLimits } from "../limits";
import { FunctionError } from "../values/encoded-value";
import type { TransactionThread } from "./transaction-thread";
import type { PendingWrites } from "../store/store-views";
import type { TransactionCall, TransactionResult } from "./worker-protocol";

/** A thread that runs queries for one caller, until it is released. */
export interface QueryThread {
  /** Whether it was lost to a query that had to be stopped; release it then. */
  readonly dead: boolean;
  /** The last commit that the last query saw; null before the first. */
  readonly ts: number | null;
  /**
   * Runs a query on the store as it is now; with `hold`, on the store as the first such query since the thread was taken found it.
   * What is `pending` is taken to be there.
   */
  run(call: TransactionCall, hold?: boolean, pending?: PendingWrites | null): Promise<TransactionResult>;
  release(): void;
}

/** Threads for queries. There are more than one when a slow query keeps others waiting, and as many as are allowed at most. */
export class QueryThreads {
  private readonly idle: TransactionThread[] = [];
  private readonly busy = new Set<TransactionThread>();
  private readonly waiting: ((thread: TransactionThread) => void)[] = [];
  private whenQuiet: (() => void) | null = null;
  private closed = false;

  constructor(private readonly start: () => TransactionThread) {}

  /** Takes a thread that is free; after a short wait a new one, if there may be more. */
  async take(): Promise<QueryThread> {
    if (this.closed) throw new FunctionError("The backend is shutting down.");
    return this.lend(this.pick() ?? (await this.wait()));
  }

  /** A thread that is free and begins at once, or null. */
  takeIdle(): QueryThread | null {
    if (this.closed || this.idle.at(-1)?.atHand !== true) return null;
    const thread = this.pick();
    return thread === null ? null : this.lend(thread);
  }

  /** Ends the threads, each when its query is done. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.busy.size > 0) await new Promise<void>((resolve) => (this.whenQuiet = resolve));
    await Promise.all(this.idle.map((thread) => thread.close()));
  }

  private pick(): TransactionThread | null {
    let thread = this.idle.pop() ?? null;
    while (thread?.dead) thread = this.idle.pop() ?? null;
    thread ??= this.busy.size === 0 ? this.start() : null;
    if (thread !== null) this.busy.add(thread);
    return thread;
  }

  private wait(): Promise<TransactionThread> {
    return new Promise((resolve) => {
      const served = (thread: TransactionThread): void => {
        clearTimeout(timer);
        resolve(thread);
      };
      const timer = setTimeout(() => {
        if (this.busy.size >= hostLimits.queryThreads) return;
        this.waiting.splice(this.waiting.indexOf(served), 1);
        const thread = this.start();
        this.busy.add(thread);
        resolve(thread);
      }, hostLimits.queryWaitMs);
      this.waiting.push(served);
    });
  }

  private lend(thread: TransactionThread): QueryThread {
    let holding = false;
    let ts: number | null = null;
    return {
      get dead() {
        return thread.dead;
      },
      get ts() {
        return ts;
      },
      run: async (call, hold = false, pending = null) => {
        holding ||= hold;
        const result = await thread.run(call, hold, pending);
        ({ ts } = result);
        return result;
      },
      release: () => {
        if (holding && !thread.dead) thread.tell({ type: "letGo" });
        this.takeBack(thread);
      },
    };
  }

  private takeBack(thread: TransactionThread): void {
    const next = this.waiting.shift();
    if (next !== undefined) {
      const free = thread.dead ? this.start() : thread;
      if (free !== thread) this.busy.delete(thread);
      this.busy.add(free);
      return next(free);
    }
    this.busy.delete(thread);
    if (!thread.dead) this.idle.push(thread);
    if (this.idle.length > hostLimits.idleQueryThreads) void this.idle.shift()?.close();
    if (this.busy.size === 0) this.whenQuiet?.();
  }
}
