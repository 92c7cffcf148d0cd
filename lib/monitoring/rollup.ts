import type { JobPriority, JobType } from "../queue/job";
import { addHistograms, bucketOf, emptyHistogram } from "./histogram";

/**
 * How a job's turn can end. `continued`: its time was up and it goes on later, or it begins anew with a full read;
 * `held`: the mass-delete brake. Only `retry` and `failed` are errors.
 */
export const SAMPLE_OUTCOMES = ["success", "retry", "failed", "held", "continued"] as const;
export type SampleOutcome = (typeof SAMPLE_OUTCOMES)[number];

/** What of a run is counted apart: how it came to look at its calendar. */
export const SYNC_TYPES = ["full", "polling", "list", "webhook", "verification", "channel"] as const;
export type SyncType = (typeof SYNC_TYPES)[number];

/** One measured end of a job's turn; durations in milliseconds. */
export interface Sample {
  provider: string;
  type: JobType;
  syncType: SyncType | null;
  outcome: SampleOutcome;
  waitMs: number;
  runMs: number;
  changes: number;
  apiCalls: number;
  callMs: number;
}

/** What a span of time adds up to. */
export interface Rollup {
  succeeded: number;
  retried: number;
  failed: number;
  held: number;
  continued: number;
  changes: number;
  apiCalls: number;
  callMs: number;
  wait: number[];
  latency: number[];
  byType: { type: JobType; turns: number; apiCalls: number }[];
  bySyncType: { syncType: SyncType; turns: number; changes: number; apiCalls: number }[];
  byProvider: { provider: string; turns: number; failures: number; apiCalls: number; callMs: number }[];
  depth: Record<JobPriority, number>;
  oldestMs: number;
}

export function emptyRollup(): Rollup {
  return {
    succeeded: 0,
    retried: 0,
    failed: 0,
    held: 0,
    continued: 0,
    changes: 0,
    apiCalls: 0,
    callMs: 0,
    wait: emptyHistogram(),
    latency: emptyHistogram(),
    byType: [],
    bySyncType: [],
    byProvider: [],
    depth: { critical: 0, high: 0, medium: 0, low: 0 },
    oldestMs: 0,
  };
}

const COUNTED_AS = {
  success: "succeeded",
  retry: "retried",
  failed: "failed",
  held: "held",
  continued: "continued",
} as const satisfies Record<SampleOutcome, keyof Rollup>;

/** True for an end that counts as an error. */
export function isError(outcome: SampleOutcome): boolean {
  return outcome === "retry" || outcome === "failed";
}

/** The rollup of one sample. */
export function rollupOf(sample: Sample): Rollup {
  const { type, syncType, provider, changes, apiCalls, callMs } = sample;
  const rollup = emptyRollup();
  rollup[COUNTED_AS[sample.outcome]] = 1;
  Object.assign(rollup, { changes, apiCalls, callMs });
  rollup.wait[bucketOf(sample.waitMs)] = 1;
  rollup.latency[bucketOf(sample.waitMs + sample.runMs)] = 1;
  rollup.byType = [{ type, turns: 1, apiCalls }];
  rollup.bySyncType = syncType === null ? [] : [{ syncType, turns: 1, changes, apiCalls }];
  rollup.byProvider = [{ provider, turns: 1, failures: isError(sample.outcome) ? 1 : 0, apiCalls, callMs }];
  return rollup;
}

/** Two spans, or two parts of one span, together: counts are added, gauges keep the higher value. In any order, the same. */
export function mergeRollups(a: Rollup, b: Rollup): Rollup {
  return {
    succeeded: a.succeeded + b.succeeded,
    retried: a.retried + b.retried,
    failed: a.failed + b.failed,
    held: a.held + b.held,
    continued: a.continued + b.continued,
    changes: a.changes + b.changes,
    apiCalls: a.apiCalls + b.apiCalls,
    callMs: a.callMs + b.callMs,
    wait: addHistograms(a.wait, b.wait),
    latency: addHistograms(a.latency, b.latency),
    byType: addUp([...a.byType, ...b.byType], (row) => row.type),
    bySyncType: addUp([...a.bySyncType, ...b.bySyncType], (row) => row.syncType),
    byProvider: addUp([...a.byProvider, ...b.byProvider], (row) => row.provider),
    depth: {
      critical: Math.max(a.depth.critical, b.depth.critical),
      high: Math.max(a.depth.high, b.depth.high),
      medium: Math.max(a.depth.medium, b.depth.medium),
      low: Math.max(a.depth.low, b.depth.low),
    },
    oldestMs: Math.max(a.oldestMs, b.oldestMs),
  };
}

/** Rows with the same key become one, their numbers added; in the order of the keys. */
function addUp<Row extends object>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row));
    sums.set(keyOf(row), sum === undefined ? { ...row } : added(sum, row));
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function added<Row extends object>(a: Row, b: Row): Row {
  const numbers = Object.entries(b).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  const of = a as Readonly<Record<string, unknown>>;
  return { ...a, ...Object.fromEntries(numbers.map(([name, value]) => [name, Number(of[name] ?? 0) + value])) };
}

/** Turns that ended in the span, and the share of them that failed (0 to 1; null where none ended). */
export function errorRate(rollup: Rollup): { turns: number; rate: number | null } {
  const errors = rollup.retried + rollup.failed;
  const turns = errors + rollup.succeeded + rollup.held;
  return { turns, rate: turns === 0 ? null : errors / turns };
}
