import { limits } from "../limits";
import { FunctionError } from "../values/encoded-value";

/** What a transaction may use only so much of; the names are those of `ctx.meta.getTransactionMetrics()`. */
export type Metric = "documentsRead" | "bytesRead" | "databaseQueries" | "documentsWritten" | "bytesWritten" | "functionsScheduled" | "scheduledFunctionArgsBytes";

const MOST: Readonly<Record<Metric, number>> = {
  documentsRead: limits.documentsRead,
  bytesRead: limits.bytesRead,
  databaseQueries: limits.rangesRead,
  documentsWritten: limits.documentsWritten,
  bytesWritten: limits.bytesWritten,
  functionsScheduled: limits.scheduledPerTransaction,
  scheduledFunctionArgsBytes: limits.scheduledArgumentBytes,
};
const METRICS = Object.keys(MOST) as Metric[];
const NOTHING = Object.fromEntries(METRICS.map((metric) => [metric, 0])) as Record<Metric, number>;
/** What has been read stays read when a nested function's writes are taken back. */
const READ_METRICS: readonly Metric[] = ["documentsRead", "bytesRead", "databaseQueries"];

const LESS_READING = "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";
const MESSAGES: Readonly<Record<Metric, (limit: number) => string>> = {
  documentsRead: (limit) => `Too many documents read in a single function execution (limit: ${limit}). ${LESS_READING}`,
  bytesRead: (limit) => `Too many bytes read in a single function execution (limit: ${limit} bytes). ${LESS_READING}`,
  databaseQueries: (limit) => `Too many reads in a single function execution (limit: ${limit}). ${LESS_READING}`,
  documentsWritten: (limit) => `Too many writes in a single function execution (limit: ${limit})`,
  bytesWritten: (limit) => `Too many bytes written in a single function execution (limit: ${limit} bytes)`,
  functionsScheduled: (limit) => `Too many functions scheduled by this mutation (limit: ${limit})`,
  scheduledFunctionArgsBytes: (limit) => `Too large total size of the arguments of scheduled functions from this mutation (limit: ${limit} bytes)`,
};

export interface UsageMark {
  readonly used: Readonly<Record<Metric, number>>;
  readonly most: Readonly<Record<Metric, number>>;
}

/** Counts what a transaction uses, with the functions it calls in turn. */
export class TransactionUsage {
  private used: Record<Metric, number> = { ...NOTHING };
  private most: Record<Metric, number> = { ...MOST };

  /** Throws {@link FunctionError} when it is more than there may be. */
  count(metric: Metric, by: number): void {
    const used = this.used[metric] + by;
    this.used[metric] = used;
    if (used > this.most[metric]) throw new FunctionError(MESSAGES[metric](this.most[metric]));
  }

  /** What has been used so far. */
  of(metric: Metric): number {
    return this.used[metric];
  }

  mark(): UsageMark {
    return { used: { ...this.used }, most: { ...this.most } };
  }

  /** Gives a nested function this much of each, if that is less than what is left. */
  lower(allowed: Partial<Record<Metric, number>>): void {
    for (const metric of METRICS) {
      const more = allowed[metric];
      if (more !== undefined) this.most[metric] = Math.min(this.most[metric], this.used[metric] + more);
    }
  }

  /** The limits are again what they were; with `undone`, so is what was written since. */
  restore({ used, most }: UsageMark, undone: boolean): void {
    this.most = { ...most };
    if (undone) for (const metric of METRICS) if (!READ_METRICS.includes(metric)) this.used[metric] = used[metric];
  }

  report(): Record<Metric, { used: number; remaining: number }> {
    return Object.fromEntries(METRICS.map((metric) => [metric, { used: this.used[metric], remaining: Math.max(0, this.most[metric] - this.used[metric]) }])) as ReturnType<TransactionUsage["report"]>;
  }
}
