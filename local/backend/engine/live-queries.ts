import type { Call, QueryOutcome } from "./call";
import type { Engine } from "./engine";
import { failureOf } from "../functions/function-failure";
import type { QueryThread } from "../workers/query-threads";
import { hostLimits } from "../limits";
import type { Key, KeyRange } from "../values/keys";
import type { Encoded } from "../values/encoded-value";
import { RangeIndex } from "./range-index";

/** A query that at least one client watches. Clients that ask the same as the same person share one. */
export interface LiveQuery {
  readonly key: string;
  readonly call: Call;
  journal: string | null;
  readonly watchers: Set<Watcher>;
  outcome: QueryOutcome | null;
  /** Goes up when the result has changed: a client that was sent this version has nothing to learn. */
  version: number;
  /** It took too long to wait for, and runs by itself. */
  slow: boolean;
  /** It was slow and its result was old when it came: the next round waits for it, or it would never have one. */
  overtaken: boolean;
}

/** Somebody who shows the result of a live query. */
export interface Watcher {
  /** There is a new version, or there will be one only later: whoever reads `outcome` must look again. */
  stirred(): void;
}

/** Answers a query about the system itself. Throws {@link FunctionError}. */
export type SystemQuery = (call: Call) => Encoded;

/** Everything: system queries are asked again after each commit. */
const EVERYTHING: readonly KeyRange[] = [["", "\xff\xff"]];

/** Keeps the results of live queries, and knows which of them a commit may have changed. */
export class LiveQueries {
  private readonly queries = new Map<string, LiveQuery>();
  private readonly readers = new RangeIndex<LiveQuery>();
  private readonly stale = new Set<LiveQuery>();
  /** Goes up when every result is old, whatever it has read. */
  private era = 0;

  /** `slowDone` is called when a query that ran by itself has its result. */
  constructor(
    private readonly engine: Engine,
    private readonly system: SystemQuery,
    private readonly slowDone: () => void,
  ) {}

  /** The query for a watcher, who gives it back with {@link release}. Until it has an outcome, the next {@link refresh} brings one. */
  acquire(call: Call, journal: string | null, watcher: Watcher): LiveQuery {
    const key = JSON.stringify([call.component, call.path, call.args, call.identity, call.publicOnly, journal]);
    let query = this.queries.get(key);
    if (query === undefined) {
      query = { key, call, journal, watchers: new Set(), outcome: null, version: 0, slow: false, overtaken: false };
      this.queries.set(key, query);
      this.stale.add(query);
    }
    query.watchers.add(watcher);
    return query;
  }

  release(query: LiveQuery, watcher: Watcher): void {
    query.watchers.delete(watcher);
    if (query.watchers.size > 0) return;
    this.queries.delete(query.key);
    this.readers.delete(query);
    this.stale.delete(query);
  }

  /** Whether any result may be old. */
  get anyStale(): boolean {
    return this.stale.size > 0;
  }

  /** Marks what a commit touched. */
  invalidate(touched: readonly Key[]): void {
    if (touched.length > 0) for (const query of this.readers.readersOf(touched)) this.stale.add(query);
  }

  /** Marks all: the code has changed. */
  invalidateAll(): void {
    this.era++;
    for (const query of this.queries.values()) this.stale.add(query);
  }

  /**
   * Runs every query whose result may be old, all on the data of one moment, and resolves to the timestamp of that moment.
   * At that timestamp the results of all queries hold but of those that are `slow`. Rounds come one after the other.
   */
  async refresh(): Promise<number> {
    for (;;) {
      const ts = await this.round();
      if (ts !== null) return ts;
    }
  }

  /** One attempt; null when a query took the thread, and with it the moment, for itself. */
  private async round(): Promise<number | null> {
    if (this.stale.size === 0) return this.engine.ts;
    const thread = await this.engine.deployment.transactions.query();
    const due = [...this.stale];
    // One query needs nothing held: its own moment is that of the round.
    const hold = due.length > 1;
    // What commits mark from here on is for the next round; what is watched for the first time joins this one.
    for (let batch = due; batch.length > 0; batch = [...this.stale].filter(({ outcome }) => outcome === null)) {
      if (!hold && batch !== due) {
        thread.release();
        return null;
      }
      for (const query of batch) {
        if (!this.stale.delete(query) || query.slow) continue;
        const { era } = this;
        const running = this.run(query, thread, hold);
        const outcome = query.overtaken ? await running : await inTime(running);
        if (outcome === null) {
          this.leaveAlone(query, running, thread, era);
          return null;
        }
        this.settle(query, outcome, era);
        if (thread.dead) {
          thread.release();
          return null;
        }
      }
    }
    const { ts } = thread;
    thread.release();
    return ts ?? this.engine.ts;
  }

  /** Lets a slow query run by itself. */
  private leaveAlone(query: LiveQuery, running: Promise<QueryOutcome>, thread: QueryThread, era: number): void {
    query.slow = true;
    stir(query);
    void running.then((outcome) => {
      thread.release();
      query.slow = false;
      this.settle(query, outcome, era);
      query.overtaken = this.stale.has(query);
      stir(query);
      this.slowDone();
    });
  }

  private settle(query: LiveQuery, outcome: QueryOutcome, era: number): void {
    if (query.watchers.size === 0) return;
    query.overtaken = false;
    this.readers.set(query, outcome.reads);
    // Commits that came while it ran could not know what it would read.
    if (era !== this.era || this.engine.commits.mayHaveChanged(outcome.ts, outcome.reads)) this.stale.add(query);
    else this.stale.delete(query);
    if (outcome.journal !== null) query.journal = outcome.journal;
    if (query.outcome !== null && sameResult(query.outcome, outcome)) return;
    query.outcome = outcome;
    query.version++;
    stir(query);
  }

  private async run({ call, journal }: LiveQuery, thread: QueryThread, hold: boolean): Promise<QueryOutcome> {
    if (!call.path.startsWith("_system/") || call.publicOnly) return this.engine.queryOn(thread, call, journal, hold);
    const facts = { logLines: [], reads: [...EVERYTHING], journal: null, ts: this.engine.ts };
    try {
      return { ok: true, value: JSON.stringify(this.system(call)), ...facts };
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), ...facts };
    }
  }
}

function stir({ watchers }: LiveQuery): void {
  for (const watcher of watchers) watcher.stirred();
}

/** The outcome, or null when it does not come soon enough to wait for. */
function inTime(running: Promise<QueryOutcome>): Promise<QueryOutcome | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), hostLimits.liveQueryPatienceMs);
    void running.then((outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}

function sameResult(a: QueryOutcome, b: QueryOutcome): boolean {
  if (a.ok !== b.ok || a.journal !== b.journal) return false;
  if (a.ok && b.ok) return a.value === b.value;
  if (a.ok || b.ok) return false;
  return stripId(a.failure.message) === stripId(b.failure.message) && JSON.stringify(a.failure.data) === JSON.stringify(b.failure.data);
}

function stripId(message: string): string {
  return message.replace(/^\[Request ID: \w+\]/, "");
}
