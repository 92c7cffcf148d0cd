import { tablesByNumber, type Catalog } from "../tables/catalog";
import type { Write } from "../store/store";
import { tableNumberOf } from "../values/document-id";
import { documentIdOf } from "../values/keys";

/** What one transaction took. */
export interface TransactionCost {
  documentsRead: number;
  databaseQueries: number;
  elapsedMs: number;
}

/** What all calls of one function took together. */
export interface FunctionUsage extends TransactionCost {
  calls: number;
  /** Documents that were inserted, changed or deleted, by table: once per transaction, however often it wrote one. */
  written: Record<string, number>;
}

/** Counts what queries and mutations read and write, by function. What the host itself writes (schedules, crons) is not counted. */
export class UsageCounter {
  private readonly counts = new Map<string, FunctionUsage>();

  /** Notes one run; `writes` are those that were committed. */
  note(path: string, cost: TransactionCost, writes: readonly Write[], catalog: Catalog): void {
    const count = this.counts.get(path) ?? { calls: 0, documentsRead: 0, databaseQueries: 0, elapsedMs: 0, written: {} };
    count.calls++;
    count.documentsRead += cost.documentsRead;
    count.databaseQueries += cost.databaseQueries;
    count.elapsedMs += cost.elapsedMs;
    for (const [key] of writes) {
      const id = documentIdOf(key);
      if (id === null) continue;
      const table = tablesByNumber(catalog, tableNumberOf(id) ?? 0)[0]?.name ?? "?";
      count.written[table] = (count.written[table] ?? 0) + 1;
    }
    this.counts.set(path, count);
  }

  /** Counts by function path since the start, or since {@link reset}. */
  report(): Record<string, FunctionUsage> {
    return Object.fromEntries(this.counts);
  }

  reset(): void {
    this.counts.clear();
  }
}
