import { isSystemTable } from "../tables/catalog";
import { FunctionError, type Encoded } from "../values/encoded-value";
import { parseFunctionPath } from "../functions/function-registry";
import { addLogLine } from "../runtime/log-lines";
import { isCancelled, shownRun } from "./scheduled-run";
import type { SerializedQuery } from "../tables/serialized-query";
import { scan, type Row, type RowScan } from "../tables/table-query";
import type { Savepoint, Transaction } from "../tables/transaction";
import type { Identity, SchedulerChange, TransactionCall } from "../workers/worker-protocol";

/** The state of one query or mutation from its call to its result, shared by the functions it calls in turn. */
export class TransactionRun {
  readonly logLines: string[] = [];
  readonly scheduler: SchedulerChange[] = [];
  /** The end of the page of a live paginated query, so that a rerun keeps its bounds. */
  journal: string | null = null;
  private cancelled: boolean | null = null;
  private readonly streams = new Map<number, RowScan>();
  private nextStream = 0;

  constructor(
    readonly call: TransactionCall,
    readonly transaction: Transaction,
  ) {}

  log(line: string): void {
    addLogLine(this.logLines, line);
  }

  /** Whether the action that this goes back to was scheduled, and cancelled while it ran: what it schedules is not run either. */
  isCancelled(): boolean {
    const { job, scheduledId } = this.call;
    this.cancelled ??= job !== null && job !== scheduledId && isCancelled(this.transaction, job);
    return this.cancelled;
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

  /** Closes all that was opened. */
  end(): void {
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
  /** Its function has returned: code that outlives it can do nothing more. */
  ended: boolean;
  /** It has read its one page. */
  paginated: boolean;
  /** The call that this function waits for, or ought to: whatever else it asks for comes after it, as a savepoint covers one call and no more. */
  nested: NestedCall | null;
}

/** A call of one function by another within a run. */
export interface NestedCall {
  /** Resolves when it is over, however it went. */
  readonly over: Promise<void>;
  /** Set once the function that is called runs. */
  running: { frame: Frame; savepoint: Savepoint; scheduled: number } | null;
}

export function newFrame(frame: Omit<Frame, "ended" | "paginated" | "nested">): Frame {
  return { ...frame, path: parseFunctionPath(frame.path).canonical, ended: false, paginated: false, nested: null };
}

/** The frame itself. Throws {@link FunctionError} when its function has returned. */
export function stillRunning(frame: Frame): Frame {
  if (frame.ended) throw new FunctionError("The function has returned; its database and auth objects can no longer be used. Did you forget to await a promise?");
  return frame;
}

/** A function's return ends what it has called and not waited for: of a call that has not come to its end nothing stays. */
export function endFrame(frame: Frame): void {
  frame.ended = true;
  const { running } = frame.nested ?? { running: null };
  if (running === null) return;
  endFrame(running.frame);
  takeBack(frame.run, running);
}

/** Undoes what was written and scheduled since a call began. */
export function takeBack({ transaction, scheduler }: TransactionRun, { savepoint, scheduled }: { savepoint: Savepoint; scheduled: number }): void {
  transaction.rollback(savepoint);
  scheduler.length = scheduled;
}

/** The arguments of a function as its one-element array. */
export function argumentList(args: Encoded): string {
  return JSON.stringify([args]);
}
