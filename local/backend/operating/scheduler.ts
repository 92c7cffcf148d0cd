import { z } from "zod";
import { CRON_RUN_TABLE, isSystemTable, splitTableKey, tablesByNumber } from "../tables/catalog";
import { cronSchedule, intervalMs, nextDue, type CronSchedule } from "./cron-schedule";
import { ID_LENGTH, tableNumberOf } from "../values/document-id";
import { FunctionError, isPlainObject, type EncodedObject } from "../values/encoded-value";
import { singleArgument } from "../engine/call";
import type { Engine } from "../engine/engine";
import { displayName, type FunctionAddress } from "../components/function-address";
import { perhapsFinishedBefore, runsIn } from "./finished-runs";
import { encodedSchema } from "../functions/function-calls";
import type { FunctionKind } from "../functions/function-registry";
import { scheduledRun, targetOf } from "../syscalls/scheduled-run";
import { documentKey, encodeValue, metaKey } from "../values/keys";
import { hostLimits } from "../limits";
import { SortedKeys } from "../tables/sorted-keys";
import type { Write } from "../store/store";
import { asDocument, type Transaction } from "../tables/transaction";
import type { SchedulerChange } from "../workers/worker-protocol";

const run = z.object({ name: z.string(), args: z.array(encodedSchema), scheduledTime: z.number(), state: z.object({ kind: z.string() }), _target: z.string().optional() });
type Run = z.infer<typeof run>;
const cronSpec = z.object({ name: z.string(), args: z.array(encodedSchema), schedule: cronSchedule });
const exportedCrons = z.record(z.string(), cronSpec);
const ownedSpec = cronSpec.extend({ component: z.string().default("") });
/** Crons by {@link cronKey}. */
export type CronSpecs = Record<string, z.infer<typeof ownedSpec>>;
const cronStates = z.record(z.string(), z.object({ spec: ownedSpec, nextDueMs: z.number(), lastRunId: z.string().nullable() }));
type CronStates = z.infer<typeof cronStates>;

const LONGEST_TIMER_MS = 60_000;
const PRUNE_EVERY_MS = 60 * 60 * 1000;
const PRUNED_AT_ONCE = 1000;

/**
 * Runs what is due: functions that mutations and actions scheduled, and crons. A scheduled mutation is marked done in its own
 * transaction, so it takes effect exactly once; an action is marked as begun before it begins, so it runs at most once.
 */
export class Scheduler {
  private readonly queue = new SortedKeys();
  private readonly dueAt = new Map<string, number>();
  private crons: CronStates = {};
  private running = 0;
  private timer: NodeJS.Timeout | null = null;
  private stopped = true;
  private pruneAt = 0;
  /** What the clock said when it was last looked at. */
  private seenAt = Infinity;

  constructor(
    private readonly engine: Engine,
    private readonly now: () => number,
  ) {
    engine.onCommit((_ts, _touched, changes) => this.apply(changes));
  }

  /** Takes up where the last process stopped. What was in progress then has failed, and that is on disk before anything runs. */
  async start(): Promise<void> {
    const interrupted = runsIn(this.engine.store, this.engine.catalog, "inProgress");
    await this.engine.write((transaction) => {
      for (const id of interrupted) finish(transaction, id, { kind: "failed", error: "The backend stopped while the action was running." }, this.now());
    });
    for (const id of runsIn(this.engine.store, this.engine.catalog, "pending")) {
      const job = this.read(id);
      if (job !== null) this.enqueue(id, job.scheduledTime);
    }
    const stored = this.engine.store.get(metaKey("crons"));
    this.crons = stored === undefined ? {} : cronStates.parse(JSON.parse(stored));
    this.stopped = false;
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** Checks crons of a push. Throws {@link FunctionError} for one that is malformed or names no function. */
  parseCrons(component: string, json: string | null, kindOf: (address: FunctionAddress) => FunctionKind | undefined): CronSpecs {
    const exported = exportedCrons.safeParse(json === null ? {} : JSON.parse(json));
    if (!exported.success) throw new FunctionError(`Invalid crons: ${z.prettifyError(exported.error)}`);
    const specs: CronSpecs = {};
    for (const [name, spec] of Object.entries(exported.data)) {
      nextDue(spec.schedule, this.now(), 0);
      const address = { component, path: spec.name };
      const kind = kindOf(address);
      if (kind === undefined) throw new FunctionError(`The cron job "${name}" schedules a function that does not exist: ${displayName(address)}`);
      if (kind === "Query") throw new FunctionError(`The cron job "${name}" schedules ${displayName(address)}: it is a query, and only mutations and actions can be scheduled.`);
      specs[cronKey(component, name)] = { ...spec, component };
    }
    return specs;
  }

  /** The write that makes `specs` the crons; those that did not change keep their time. Call {@link adoptCrons} once it is committed. */
  planCrons(specs: CronSpecs): { states: CronStates; write: Write; diff: { added: string[]; updated: string[]; deleted: string[] } } {
    const states: CronStates = {};
    const diff = { added: [] as string[], updated: [] as string[], deleted: Object.keys(this.crons).filter((name) => specs[name] === undefined) };
    for (const [name, spec] of Object.entries(specs)) {
      const known = this.crons[name];
      if (known !== undefined && JSON.stringify(known.spec) === JSON.stringify(spec)) {
        states[name] = known;
        continue;
      }
      (known === undefined ? diff.added : diff.updated).push(name);
      const nextDueMs = spec.schedule.type === "interval" ? this.now() : nextDue(spec.schedule, this.now(), spreadOf(name));
      states[name] = { spec, nextDueMs, lastRunId: null };
    }
    return { states, write: [metaKey("crons"), JSON.stringify(states)], diff };
  }

  adoptCrons(states: CronStates): void {
    this.crons = states;
    this.wake();
  }

  /** The crons as they stand, for those who look after the deployment. */
  cronReport(): { name: string; path: string; nextDueMs: number }[] {
    return Object.entries(this.crons).map(([name, { spec, nextDueMs }]) => ({ name, path: displayName({ component: spec.component, path: spec.name }), nextDueMs }));
  }

  private apply(changes: readonly SchedulerChange[]): void {
    if (changes.length === 0) return;
    for (const { id, at } of changes) {
      if (at === null) this.dequeue(id);
      else this.enqueue(id, at);
    }
    this.wake();
  }

  private enqueue(id: string, at: number): void {
    this.dueAt.set(id, at);
    this.queue.add(encodeValue(at) + id);
  }

  private dequeue(id: string): void {
    const at = this.dueAt.get(id);
    if (at === undefined) return;
    this.dueAt.delete(id);
    this.queue.delete(encodeValue(at) + id);
  }

  /** Starts what is due and sets the timer for what is next. */
  private wake(): void {
    if (this.stopped) return;
    if (this.timer !== null) clearTimeout(this.timer);
    const now = this.now();
    if (now < this.seenAt) this.bringCronsNear(now);
    this.seenAt = now;
    this.fireCrons(now);
    while (this.running < hostLimits.scheduledParallel) {
      const id = this.queue.atOrAfter("")?.slice(-ID_LENGTH);
      if (id === undefined || (this.dueAt.get(id) ?? 0) > now) break;
      this.dequeue(id);
      this.running++;
      void this.execute(id)
        .catch((thrown: unknown) => {
          // What a stop cuts short is marked by the next start.
          if (!this.stopped) process.stderr.write(`Scheduled function ${id}: ${String(thrown)}\n`);
        })
        .finally(() => {
          this.running--;
          this.wake();
        });
    }
    if (now >= this.pruneAt) {
      this.pruneAt = now + PRUNE_EVERY_MS;
      void this.prune(now).catch((thrown: unknown) => process.stderr.write(`Pruning scheduled functions: ${String(thrown)}\n`));
    }
    const nextRun = this.running < hostLimits.scheduledParallel ? this.dueAt.get(this.queue.atOrAfter("")?.slice(-ID_LENGTH) ?? "") : undefined;
    const next = Math.min(nextRun ?? Infinity, ...Object.values(this.crons).map(({ nextDueMs }) => nextDueMs));
    this.timer = setTimeout(() => this.wake(), Math.min(Math.max(next - now, 0), LONGEST_TIMER_MS));
  }

  /** The clock may have gone back: a cron that waited for a time of before would rest until then. */
  private bringCronsNear(now: number): void {
    for (const [name, state] of Object.entries(this.crons)) {
      const { schedule } = state.spec;
      const soon = nextDue(schedule, now, spreadOf(name));
      // One that is due at certain times may have run for the coming one already: then it waits for the one after.
      const latest = schedule.type === "interval" ? soon : nextDue(schedule, soon, spreadOf(name));
      if (state.nextDueMs > latest) state.nextDueMs = soon;
    }
    if (now < this.pruneAt - PRUNE_EVERY_MS) this.pruneAt = now;
  }

  /** A cron's run is scheduled in the commit that moves the cron on: a crash neither drops nor doubles it. */
  private fireCrons(now: number): void {
    for (const [name, state] of Object.entries(this.crons)) {
      if (state.nextDueMs > now) continue;
      const { spec } = state;
      state.nextDueMs = followingDue(spec.schedule, state.nextDueMs, now, name);
      void this.engine
        .write(
          (transaction) => {
            // One that is still running is not started a second time.
            if (state.lastRunId !== null && isUnfinished(transaction, state.lastRunId)) return null;
            const id = transaction.insert(CRON_RUN_TABLE, scheduledRun("", { component: spec.component, path: spec.name }, spec.args[0] ?? {}, now));
            state.lastRunId = id;
            return id;
          },
          (id) => (id === null ? [] : [{ id, at: now }]),
          () => (this.crons[name] === state ? [[metaKey("crons"), JSON.stringify(this.crons)]] : []),
        )
        .catch((thrown: unknown) => process.stderr.write(`Cron ${name}: ${String(thrown)}\n`));
    }
  }

  private async execute(id: string): Promise<void> {
    const job = this.read(id);
    if (job === null || job.state.kind !== "pending") return;
    const table = tablesByNumber(this.engine.catalog, tableNumberOf(id) ?? 0).find(({ name }) => isSystemTable(name));
    const component = targetOf(job, splitTableKey(table?.name ?? "").component);
    const call = { component, path: job.name, args: singleArgument(job.args), identity: null, publicOnly: false, caller: "Scheduler" };
    const kind = this.engine.deployment.find(call)?.kind;
    if (kind === "Mutation") {
      const outcome = await this.engine.mutation(call, null, id);
      if (!outcome.ok) await this.settle(id, { kind: "failed", error: outcome.failure.message });
    } else if (kind === "Action") {
      const begun = await this.engine.write((transaction) => {
        const pending = isUnfinished(transaction, id);
        if (pending) transaction.patch(id, { state: { kind: "inProgress" } });
        return pending;
      });
      if (!begun) return;
      const outcome = await this.engine.action({ ...call, job: id });
      await this.settle(id, outcome.ok ? { kind: "success" } : { kind: "failed", error: outcome.failure.message });
    } else {
      await this.settle(id, { kind: "failed", error: `Could not find a mutation or action ${displayName(call)}.` });
    }
  }

  private async settle(id: string, state: EncodedObject): Promise<void> {
    await this.engine.write((transaction) => {
      if (isUnfinished(transaction, id)) finish(transaction, id, state, this.now());
    });
  }

  private read(id: string): Run | null {
    const json = this.engine.store.get(documentKey(id));
    return json === undefined ? null : run.parse(asDocument(json));
  }

  /** Deletes what finished long ago, a bounded number at a time. */
  private async prune(now: number): Promise<void> {
    const before = now - hostLimits.scheduledRetentionMs;
    const ids = perhapsFinishedBefore(this.engine.store, this.engine.catalog, before);
    for (let at = 0; at < ids.length && !this.stopped; at += PRUNED_AT_ONCE) {
      await this.engine.write((transaction) => {
        for (const id of ids.slice(at, at + PRUNED_AT_ONCE)) {
          const json = transaction.get(id);
          const completed = json === null ? null : asDocument(json)["completedTime"];
          if (typeof completed === "number" && completed < before) transaction.remove(id);
        }
      });
    }
  }
}

/** What a cron is known by: in a component, no name of the app's can be the same. */
function cronKey(component: string, name: string): string {
  return component === "" ? name : `${component}\n${name}`;
}

/** The time after `dueMs` that is not past yet: what was missed is not made up for. */
function followingDue(schedule: CronSchedule, dueMs: number, now: number, name: string): number {
  if (schedule.type !== "interval") return nextDue(schedule, now, spreadOf(name));
  const every = intervalMs(schedule);
  return dueMs + every * (Math.floor((now - dueMs) / every) + 1);
}

function spreadOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 60, 7);
}

function isUnfinished(transaction: Transaction, id: string): boolean {
  const json = transaction.get(id);
  const state = json === null ? null : asDocument(json)["state"];
  return isPlainObject(state) && (state["kind"] === "pending" || state["kind"] === "inProgress");
}

function finish(transaction: Transaction, id: string, state: EncodedObject, now: number): void {
  transaction.patch(id, { state, completedTime: now });
}
