import { type Call, type Engine, type QueryOutcome } from "./engine";
import { failureOf } from "../functions/function-failure";
import { hitsRange, type Key, type KeyRange } from "../values/keys";
import type { Encoded } from "../values/encoded-value";

/** A query that at least one client watches. Clients that ask the same as the same person share one. */
export interface LiveQuery {
  readonly key: string;
  readonly call: Call;
  journal: string | null;
  watchers: number;
  reads: readonly KeyRange[];
  dirty: boolean;
  outcome: QueryOutcome | null;
  /** Goes up when the result has changed: a client that was sent this version has nothing to learn. */
  version: number;
}

/** Answers a query about the system itself. Throws {@link FunctionError}. */
export type SystemQuery = (call: Call) => Encoded;

/** Everything: system queries are asked again after each commit. */
const EVERYTHING: readonly KeyRange[] = [["", "\xff\xff"]];

/** Keeps the results of live queries, and knows which of them a commit may have changed. */
export class LiveQueries {
  private readonly queries = new Map<string, LiveQuery>();
  private readonly stale = new Set<LiveQuery>();

  constructor(
    private readonly engine: Engine,
    private readonly system: SystemQuery,
  ) {}

  /** The query for a watcher, who gives it back with {@link release}. It has a result after the next {@link refresh}. */
  acquire(call: Call, journal: string | null): LiveQuery {
    const key = JSON.stringify([call.component, call.path, call.args, call.identity, call.publicOnly, journal]);
    let query = this.queries.get(key);
    if (query === undefined) {
      query = { key, call, journal, watchers: 0, reads: [], dirty: true, outcome: null, version: 0 };
      this.queries.set(key, query);
      this.stale.add(query);
    }
    query.watchers++;
    return query;
  }

  release(query: LiveQuery): void {
    if (--query.watchers > 0) return;
    this.queries.delete(query.key);
    this.stale.delete(query);
  }

  /** Marks what a commit touched; true when anything was. */
  invalidate(touched: readonly Key[]): boolean {
    if (touched.length === 0) return false;
    for (const query of this.queries.values()) {
      if (!query.dirty && query.reads.some((range) => hitsRange(touched, range))) this.markStale(query);
    }
    return this.stale.size > 0;
  }

  /** Marks all: the code has changed. */
  invalidateAll(): void {
    for (const query of this.queries.values()) this.markStale(query);
  }

  /** Runs every query whose result may be old. The caller holds the lock, so all results are of one moment. */
  async refresh(): Promise<void> {
    // Queries that are first watched while others run join this round: a set's iteration sees what is added to it.
    for (const query of this.stale) {
      this.stale.delete(query);
      query.dirty = false;
      const outcome = await this.run(query);
      query.reads = outcome.reads;
      if (outcome.journal !== null) query.journal = outcome.journal;
      if (query.outcome === null || !sameResult(query.outcome, outcome)) {
        query.outcome = outcome;
        query.version++;
      }
    }
  }

  private markStale(query: LiveQuery): void {
    query.dirty = true;
    this.stale.add(query);
  }

  private async run({ call, journal }: LiveQuery): Promise<QueryOutcome> {
    if (!call.path.startsWith("_system/") || call.publicOnly) return this.engine.queryInLock(call, journal);
    try {
      return { ok: true, value: JSON.stringify(this.system(call)), logLines: [], reads: [...EVERYTHING], journal: null };
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), logLines: [], reads: [...EVERYTHING], journal: null };
    }
  }
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

