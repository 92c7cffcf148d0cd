import { isSystemTable } from "../tables/catalog";
import { FunctionError, type Encoded } from "../values/encoded-value";
import { addLogLine } from "../runtime/log-lines";
import { shownRun } from "./scheduled-run";
import type { SerializedQuery } from "../tables/serialized-query";
import { scan, type Row, type RowScan } from "../tables/table-query";
import type { Transaction } from "../tables/transaction";
import type { Identity, SchedulerChange, TransactionCall } from "../workers/worker-protocol";

/** The state of one query or mutation from its call to its result, shared by the functions it calls in turn. */
export class TransactionRun {
  readonly logLines: string[] = [];
  readonly scheduler: SchedulerChange[] = [];
  /** The end of the page of a live paginated query, so that a rerun keeps its bounds. */
  journal: string | null = null;
  paginated = false;
  ended = false;
  private readonly streams = new Map<number, RowScan>();
  private nextStream = 0;

  constructor(
    readonly call: TransactionCall,
    readonly transaction: Transaction,
  ) {}

  log(line: string): void {
    addLogLine(this.logLines, line);
  }

  openStream(query: SerializedQuery): number {
    const id = this.nextStream++;
    const rows = scan(this.transaction, query);
    this.streams.set(id, readsSystemTable(query) ? new ShownRuns(rows) : rows);
    return id;
  }

  /** The next row of a stream, or null at its end. */
  nextRow(id: number): Row | null {
    const stream = this.streams.get(id);
    if (stream === undefined) throw new FunctionError(`Unknown query stream ${id}`);
    return stream.next();
  }

  /** Ends the run: nothing it opened stays open, and code that outlives its function can do nothing more. */
  end(): void {
    this.ended = true;
    for (const id of this.streams.keys()) this.closeStream(id);
  }

  closeStream(id: number): void {
    this.streams.get(id)?.close();
    this.streams.delete(id);
  }
}

/** Whether a query is about a table of the host's own. */
export function readsSystemTable({ source }: SerializedQuery): boolean {
  return isSystemTable(source.type === "FullTableScan" ? source.tableName : source.indexName);
}

/** Scheduled functions as those who query them see them. */
class ShownRuns implements RowScan {
  constructor(private readonly rows: RowScan) {}

  next(): Row | null {
    const row = this.rows.next();
    return row === null ? null : { key: row.key, json: shownRun(row.json) };
  }

  close(): void {
    this.rows.close();
  }
}

/** Which function of a run is at work. Asynchronous context carries it to the syscalls. */
export interface Frame {
  run: TransactionRun;
  component: string;
  path: string;
  /** Null beyond the border of a component: identity does not cross it. */
  identity: Identity;
  writable: boolean;
  depth: number;
  /** Nested calls of one function run one after the other: a savepoint covers exactly one of them. */
  queue: Promise<unknown>;
}

/** The arguments of a function as its one-element array. */
export function argumentList(args: Encoded): string {
  return JSON.stringify([args]);
}
