import { z } from "zod";
import { CallFailed, type ActionOutcome } from "../workers/actions/action-runner";
import { withTables, type Catalog, type TableDefinition } from "../tables/catalog";
import { newRequestId, type Call, type MutationOutcome, type QueryOutcome, type SessionRequest, type Settled } from "./call";
import { CommitLog } from "./commit-log";
import { ConflictCounter } from "./conflict-counter";
import type { Deployment } from "../operating/deployment";
import { FunctionError, type Encoded } from "../values/encoded-value";
import { assertArgumentSize, checkArguments, checkResult, idCheck } from "../functions/function-calls";
import { failureOf, type Failure } from "../functions/function-failure";
import type { FunctionLog, LoggedCall } from "../operating/function-log";
import { displayName, type FunctionAddress } from "../components/function-address";
import { notFound, parseFunctionPath, type FunctionFacts, type FunctionKind } from "../functions/function-registry";
import { CATALOG, documentKey, metaKey, sessionKey, type Key } from "../values/keys";
import { limits } from "../limits";
import { FifoLock } from "./lock";
import { isSmall, type CommittingListener, type PendingCommit } from "./pending-commit";
import { StoreFailure, type Store, type Write } from "../store/store";
import { CREATION_STEP_MS, Transaction } from "../tables/transaction";
import type { QueryThread } from "../workers/query-threads";
import type { SchedulerChange, TransactionCall, TransactionResult } from "../workers/worker-protocol";
import { UsageCounter } from "./usage-counter";

const rememberedMutation = z.object({ at: z.number(), ts: z.number(), value: z.string(), logLines: z.array(z.string()) });

/** Told after each commit, inside the lock; `touched` is sorted. */
export type CommitListener = (ts: number, touched: readonly Key[], scheduler: readonly SchedulerChange[]) => void;

/** Runs functions over the store: mutations one after the other, queries beside them. It is the only one that commits. */
export class Engine {
  readonly lock = new FifoLock();
  readonly commits: CommitLog;
  readonly conflicts = new ConflictCounter();
  readonly usage = new UsageCounter();
  catalog: Catalog;
  private current: Deployment | null = null;
  private commitTs: number;
  private lastCreationTime = 0;
  private readonly listeners: CommitListener[] = [];
  private readonly committingListeners: CommittingListener[] = [];
  /** Why nothing can be committed any more. */
  private broken: StoreFailure | null = null;

  constructor(
    readonly store: Store,
    catalog: Catalog,
    private readonly log: FunctionLog,
    private readonly now: () => number,
    private readonly stop: (failure: StoreFailure) => void,
  ) {
    this.catalog = catalog;
    this.commitTs = Number(store.get(metaKey("ts")) ?? "1");
    this.commits = new CommitLog(this.commitTs);
  }

  /** The version of the pushed code in service. Set it inside the lock. */
  get deployment(): Deployment {
    if (this.current === null) throw new Error("No deployment is in service yet");
    return this.current;
  }

  set deployment(deployment: Deployment) {
    this.current = deployment;
  }

  /** The timestamp of the last commit: a counter that never goes back, not even over a restart. */
  get ts(): number {
    return this.commitTs;
  }

  onCommit(listener: CommitListener): void {
    this.listeners.push(listener);
  }

  onCommitting(listener: CommittingListener): void {
    this.committingListeners.push(listener);
  }

  /** Runs a query on all that is committed when it begins; mutations do not wait for it, nor it for them. Never rejects. */
  async query(call: Call, journal: string | null = null): Promise<QueryOutcome> {
    let thread: QueryThread;
    try {
      thread = await this.deployment.transactions.query();
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), logLines: [], reads: [], journal, ts: this.commitTs };
    }
    try {
      return await this.queryOn(thread, call, journal, false);
    } finally {
      thread.release();
    }
  }

  /** As {@link query}, on a thread of the caller's; with `hold`, on the same data as the calls before it there. What is `pending` is taken to be there. */
  async queryOn(thread: QueryThread, call: Call, journal: string | null, hold: boolean, pending: PendingCommit | null = null): Promise<QueryOutcome> {
    const startedAt = this.now();
    const { result, requestId } = await this.transact(call, "Query", journal, null, (prepared) => thread.run(prepared, hold, pending && { ts: pending.ts, writes: pending.writes }));
    const settled = this.settle(result, requestId, call, "Query", startedAt);
    // What did not run, a function that is not there say, took no time.
    if (result.elapsedMs > 0) this.usage.note(displayName(call), result, [], this.catalog);
    return { ...settled, logLines: result.logLines, reads: result.outcome.reads, journal: result.journal, ts: result.ts };
  }

  /** Runs a query that came as source text, as an administrator. Never rejects. */
  async inlineQuery(source: string, component: string, args: Encoded): Promise<{ logLines: string[] } & Settled> {
    const requestId = newRequestId();
    try {
      if (this.deployment.analysisOf(component) === undefined) throw new FunctionError(`Component "${component}" is not mounted.`);
      const call = { component, args, identity: null, now: this.now(), nextCreationTime: this.creationTime(), journal: null, scheduledId: null, job: null, requestId };
      const { logLines, ...result } = await this.deployment.inlineQuery(source, call);
      return result.ok ? { ok: true, value: result.value, logLines } : { ok: false, failure: result.failure, logLines };
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), logLines: [] };
    }
  }

  /** Runs and commits a mutation. A request that was committed before gives its first outcome again. Never rejects. */
  mutation(call: Call, session: SessionRequest | null = null, scheduledId: string | null = null): Promise<MutationOutcome> {
    const arrivedAt = performance.now();
    return this.lock.run(async () => {
      const key = session === null ? null : sessionKey(session.sessionId, session.requestId);
      const remembered = key === null ? undefined : this.store.get(key);
      if (remembered !== undefined) return { ok: true, ...rememberedMutation.parse(JSON.parse(remembered)) };
      const startedAt = this.now();
      const { result, requestId } = await this.transact(call, "Mutation", null, scheduledId, (prepared) => this.deployment.transactions.run(prepared));
      const { logLines, outcome, scheduler } = result;
      const pending = this.announce(result);
      const settled = this.settle(result, requestId, call, "Mutation", startedAt);
      if (!settled.ok) return { ...settled, logLines };
      const { ts } = pending;
      const memory: Write[] = key === null ? [] : [[key, JSON.stringify({ at: startedAt, ts, value: settled.value, logLines })]];
      try {
        this.commit([...outcome.writes, ...memory], outcome.touched, scheduler, outcome.newTables);
      } catch (thrown) {
        pending.failed = true;
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        return { ok: false, failure: { message: `The mutation could not be stored: ${message}` }, logLines };
      }
      const scheduledAs = scheduledId === null ? null : documentKey(scheduledId);
      const schedules = scheduler.map(({ id }) => documentKey(id));
      const { reads, touched } = outcome;
      this.conflicts.noteMutation({ path: displayName(call), arrivedAt, reads, touched, schedules, scheduledAs, chain: call.chain ?? session?.sessionId });
      this.usage.note(displayName(call), result, outcome.writes, this.catalog);
      return { ...settled, logLines, ts };
    });
  }

  /** Says what is about to be committed, if the mutation has succeeded, to those whom it concerns. */
  private announce({ ok, outcome: { writes, touched, newTables } }: TransactionResult): PendingCommit {
    const pending = { ts: this.commitTs + 1, writes, touched, failed: false };
    if (ok && newTables.length === 0 && isSmall(writes)) for (const listener of this.committingListeners) listener(pending);
    return pending;
  }

  /** Runs an action, outside the lock. Never rejects. */
  async action(call: Call): Promise<ActionOutcome> {
    const requestId = newRequestId();
    const { nodeActions } = this.deployment;
    const runner = this.deployment.actionsFor(call);
    const logged = { ...loggedCall(call, "Action", requestId, this.now()), environment: runner === nodeActions ? ("node" as const) : ("isolate" as const) };
    const finish = (outcome: ActionOutcome): ActionOutcome => {
      this.log.completion(logged, [], outcome.ok ? null : outcome.failure.message);
      return outcome.ok ? outcome : { ...outcome, failure: asServerError(outcome.failure, requestId, call) };
    };
    try {
      const facts = this.resolve(call, "Action");
      const isId = idCheck(this.catalog, call.component);
      checkArguments(facts, call.path, call.args, isId);
      if (runner === nodeActions) assertArgumentSize(call.path, call.args, limits.nodeArgumentBytes);
      const outcome = await runner.run({ component: call.component, path: call.path, args: call.args, identity: call.identity, requestId, job: call.job ?? null }, (line) => this.log.progress(logged, [line]));
      if (outcome.ok) checkResult(facts, call.path, outcome.value, isId);
      return finish(outcome);
    } catch (thrown) {
      return finish({ ok: false, failure: failureOf(thrown), logLines: [] });
    }
  }

  /** Runs whatever kind of function `path` names. Never rejects. */
  async any(call: Call): Promise<{ logLines: string[] } & Settled> {
    const kind = this.deployment.find(call)?.kind;
    if (kind === "Mutation") return this.mutation(call);
    if (kind === "Action") return this.action(call);
    return this.query(call);
  }

  /** As {@link query}, {@link mutation} or {@link action}, but rejects with {@link CallFailed}; resolves to the result's JSON. */
  async callAs(kind: FunctionKind, call: Call): Promise<string> {
    const outcome = await (kind === "Query" ? this.query(call) : kind === "Mutation" ? this.mutation(call) : this.action(call));
    if (outcome.ok) return outcome.value;
    throw new CallFailed(outcome.failure);
  }

  /** Runs `change` as a transaction of the host itself and commits it. Rejects when it throws, and nothing is written. */
  write<T>(change: (transaction: Transaction) => T, scheduler: (result: T) => SchedulerChange[] = () => [], extra: () => Write[] = () => []): Promise<T> {
    return this.lock.run(() => {
      const transaction = new Transaction(this.store, this.catalog, this.creationTime());
      const result = change(transaction);
      const { writes, touched, newTables, lastCreationTime } = transaction.outcome();
      this.lastCreationTime = lastCreationTime;
      const more = extra();
      if (writes.length + more.length > 0) this.commit([...writes, ...more], mergeKeys(touched, more), scheduler(result), newTables);
      return result;
    });
  }

  /** A creation time for one document, for a holder of the lock. */
  nextCreationTime(): number {
    const time = this.creationTime();
    this.lastCreationTime = time + CREATION_STEP_MS;
    return time;
  }

  /**
   * Commits, for a holder of the lock. Throws {@link StoreFailure} when the disk refuses; then the backend stops, and until it has
   * nothing more is committed.
   */
  commit(writes: readonly Write[], touched: readonly Key[], scheduler: readonly SchedulerChange[] = [], newTables: readonly TableDefinition[] = []): void {
    const ts = this.commitTs + 1;
    const all: Write[] = [...writes, [metaKey("ts"), String(ts)]];
    const catalog = newTables.length > 0 ? withTables(this.catalog, newTables) : this.catalog;
    if (catalog !== this.catalog) all.push([CATALOG, JSON.stringify(catalog)]);
    const changesCatalog = catalog !== this.catalog || writes.some(([key]) => key === CATALOG);
    // By this the threads know a catalog from the one they have.
    if (changesCatalog) all.push([metaKey("catalogTs"), String(ts)]);
    this.toDisk(all);
    this.commitTs = ts;
    this.catalog = catalog;
    const seen = changesCatalog ? [...touched, CATALOG].sort() : touched;
    this.commits.note(ts, seen);
    for (const listener of this.listeners) listener(ts, seen, scheduler);
  }

  private toDisk(writes: readonly Write[]): void {
    if (this.broken !== null) throw this.broken;
    try {
      this.store.commit(writes);
    } catch (thrown) {
      if (!(thrown instanceof StoreFailure)) throw thrown;
      this.broken = thrown;
      this.stop(thrown);
      throw thrown;
    }
  }

  /** The function a call means. Throws {@link FunctionError} when it is not there, not for this caller, or of another kind. */
  resolve(call: FunctionAddress & Pick<Call, "publicOnly">, kind: FunctionKind): FunctionFacts {
    const facts = this.deployment.find(call);
    if (facts === undefined || (call.publicOnly && facts.visibility !== "public")) throw notFound(call, call.publicOnly);
    if (facts.kind !== kind) {
      throw new FunctionError(`Trying to execute ${displayName(call)} as ${kind}, but it is defined as ${facts.kind}.`);
    }
    return facts;
  }

  private async transact(
    call: Call,
    kind: "Query" | "Mutation",
    journal: string | null,
    scheduledId: string | null,
    run: (prepared: TransactionCall) => Promise<TransactionResult>,
  ): Promise<{ result: TransactionResult; requestId: string }> {
    const requestId = newRequestId();
    const { component, path, args, identity } = call;
    try {
      this.resolve(call, kind);
      const now = this.now();
      const nextCreationTime = this.creationTime();
      const result = await run({ kind, component, path, args, identity, now, nextCreationTime, journal, scheduledId, job: scheduledId ?? call.job ?? null, requestId });
      this.lastCreationTime = Math.max(this.lastCreationTime, result.outcome.lastCreationTime);
      if (result.elapsedMs > limits.functionMs) {
        result.logLines.push(`[WARN] 'Function ran for ${Math.round(result.elapsedMs)} ms; Convex stops queries and mutations after ${limits.functionMs} ms.'`);
      }
      return { result, requestId };
    } catch (thrown) {
      const outcome = { reads: [], writes: [], touched: [], newTables: [], lastCreationTime: 0 };
      return { result: { ok: false, failure: failureOf(thrown), logLines: [], journal, outcome, scheduler: [], elapsedMs: 0, documentsRead: 0, databaseQueries: 0, ts: this.commitTs }, requestId };
    }
  }

  private settle(result: TransactionResult, requestId: string, call: Call, udfType: FunctionKind, startedAt: number): Settled {
    this.log.completion(loggedCall(call, udfType, requestId, startedAt), result.logLines, result.ok ? null : result.failure.message);
    return result.ok ? { ok: true, value: result.value } : { ok: false, failure: asServerError(result.failure, requestId, call) };
  }

  /** When a document that is inserted now was made, in milliseconds: later than all before it. */
  private creationTime(): number {
    return Math.max(this.now(), this.lastCreationTime);
  }
}

function mergeKeys(touched: readonly Key[], writes: readonly Write[]): Key[] {
  return [...touched, ...writes.map(([key]) => key)].sort();
}

function loggedCall({ component, path, caller }: Call, udfType: FunctionKind, requestId: string, startedAt: number): LoggedCall {
  return { component, identifier: parseFunctionPath(path).canonical, udfType, environment: "isolate", caller, requestId, startedAt };
}

/** Callers on this side of the wire: they are told of a failure as it is, and may pass it on. */
const INSIDE = new Set(["Action", "Scheduler", "Host"]);

/** The message a client sees: the id finds the call in the log. */
function asServerError(failure: Failure, requestId: string, { caller }: Call): Failure {
  return INSIDE.has(caller) ? failure : { ...failure, message: `[Request ID: ${requestId}] Server Error\n${failure.message}` };
}
