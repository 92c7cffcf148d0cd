import type { Call, QueryOutcome } from "./call";
import type { Engine } from "./engine";
import type { PendingCommit } from "./pending-commit";
import { failureOf, type Failure } from "../functions/function-failure";
import type { QueryThread } from "../workers/query-threads";
import { hostLimits } from "../limits";
import type { Key, KeyRange } from "../values/keys";
import type { Encoded } from "../values/encoded-value";
import { RangeIndex } from "./range-index";
import { Watchdog } from "../workers/watchdog";

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
  /** Whose it is: one and the same for all that a client watches. */
  readonly client: object;
  /** There is a new version, or there will be one only later: whoever reads `outcome` must look again. */
  stirred(): void;
}

/** One that cannot be asked: it has its outcome, and nobody runs it. */
export function failedQuery(call: Call, failure: Failure, ts: number): LiveQuery {
  const outcome: QueryOutcome = { ok: false, failure, logLines: [], reads: [], journal: null, ts };
  return { key: "", call, journal: null, watchers: new Set(), outcome, version: 0, slow: false, overtaken: false };
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
  /** Slow ones too. */
  private readonly running = new Set<LiveQuery>();
  /** Goes up when every result is old, whatever it has read. */
  private era = 0;
  /** Gives up waiting for the query that runs. */
  private impatient: () => void = () => undefined;
  private readonly patience = new Watchdog(() => this.impatient());

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

  /** Whether all results of a client's queries hold now. It has as much to look at as commits have left to run again. */
  holdFor(client: object): boolean {
    for (const unsettled of [this.stale, this.running]) {
      for (const { watchers } of unsettled) for (const watcher of watchers) if (watcher.client === client) return false;
    }
    return true;
  }

  /** Marks what a commit will touch, and says whether it is worth while to run it again before the commit is on disk. */
  anticipate({ touched }: PendingCommit): boolean {
    const affected = this.readers.readersOf(touched);
    // What the host says of itself changes only with the commit.
    for (const { call } of affected) if (isAboutSystem(call)) return false;
    for (const query of affected) this.stale.add(query);
    return affected.size > 0;
  }

  /** Marks what a commit has touched. */
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
   * At that timestamp the results of all queries hold but of those that are `slow`. Rounds come one after the other. The moment is
   * that with `pending` in it, if the first query can begin at once: by the time there is an answer, it is on disk or has failed.
   */
  async refresh(pending: PendingCommit | null = null): Promise<number> {
    let ts = await this.round(pending);
    while (ts === null) ts = await this.round(null);
    return ts;
  }

  /** One attempt; null when a query took the thread, and with it the moment, for itself, or when there will be no such moment. */
  private async round(pending: PendingCommit | null): Promise<number | null> {
    if (this.stale.size === 0) return this.engine.ts;
    const { transactions } = this.engine.deployment;
    const idle = pending === null ? null : transactions.idleQuery();
    const thread = idle ?? (await transactions.query());
    let ahead = idle === null ? null : pending;
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
        this.running.add(query);
        const asked = ahead;
        ahead = null;
        const running = this.run(query, thread, hold, asked);
        const outcome = query.overtaken ? await running : await this.inTime(running);
        if (outcome === null) {
          this.leaveAlone(query, running, thread, era, asked);
          return null;
        }
        this.settle(query, outcome, era, asked);
        if (thread.dead || asked?.failed === true) {
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
  private leaveAlone(query: LiveQuery, running: Promise<QueryOutcome>, thread: QueryThread, era: number, pending: PendingCommit | null): void {
    query.slow = true;
    stir(query);
    void running.then((outcome) => {
      thread.release();
      query.slow = false;
      this.settle(query, outcome, era, pending);
      query.overtaken = this.stale.has(query);
      stir(query);
      this.slowDone();
    });
  }

  /** The outcome, or null when it does not come soon enough to wait for. */
  private inTime(running: Promise<QueryOutcome>): Promise<QueryOutcome | null> {
    return new Promise((resolve) => {
      let waiting = true;
      this.impatient = () => {
        waiting = false;
        resolve(null);
      };
      this.patience.watch(hostLimits.liveQueryPatienceMs);
      void running.then((outcome) => {
        // A slow one ends when others are waited for.
        if (waiting) this.patience.rest();
        resolve(outcome);
      });
    });
  }

  /** Takes a result; with `pending`, one that holds only if that has been committed. */
  private settle(query: LiveQuery, outcome: QueryOutcome, era: number, pending: PendingCommit | null): void {
    this.running.delete(query);
    if (query.watchers.size === 0) return;
    if (pending?.failed === true) {
      this.stale.add(query);
      return;
    }
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

  private async run({ call, journal }: LiveQuery, thread: QueryThread, hold: boolean, pending: PendingCommit | null): Promise<QueryOutcome> {
    if (!isAboutSystem(call)) return this.engine.queryOn(thread, call, journal, hold, pending);
    const facts = { logLines: [], reads: [...EVERYTHING], journal: null, ts: this.engine.ts };
    try {
      return { ok: true, value: JSON.stringify(this.system(call)), ...facts };
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), ...facts };
    }
  }
}

function isAboutSystem({ path, publicOnly }: Call): boolean {
  return path.startsWith("_system/") && !publicOnly;
}

function stir({ watchers }: LiveQuery): void {
  for (const watcher of watchers) watcher.stirred();
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
