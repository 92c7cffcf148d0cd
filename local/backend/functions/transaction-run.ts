import type { Encoded } from "../values/encoded-value";
import { FunctionError } from "../values/encoded-value";
import { addLogLine } from "./log-lines";
import { scan, type Row, type SerializedQuery } from "../store/table-query";
import type { Transaction } from "../store/transaction";
import type { SchedulerChange, TransactionCall } from "./worker-protocol";

/** The state of one query or mutation from its call to its result, shared by the functions it calls in turn. */
export class TransactionRun {
  readonly logLines: string[] = [];
  readonly scheduler: SchedulerChange[] = [];
  /** The end of the page of a live paginated query, so that a rerun keeps its bounds. */
  journal: string | null = null;
  paginated = false;
  ended = false;
  private readonly streams = new Map<number, Iterator<Row>>();
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
    this.streams.set(id, scan(this.transaction, query)[Symbol.iterator]());
    return id;
  }

  /** The next row of a stream, or null at its end. */
  nextRow(id: number): Row | null {
    const stream = this.streams.get(id);
    if (stream === undefined) throw new FunctionError(`Unknown query stream ${id}`);
    const next = stream.next();
    return next.done === true ? null : next.value;
  }

  closeStream(id: number): void {
    this.streams.get(id)?.return?.();
    this.streams.delete(id);
  }
}

/** Which function of a run is at work. Asynchronous context carries it to the syscalls. */
export interface Frame {
  run: TransactionRun;
  path: string;
  writable: boolean;
  depth: number;
  /** Nested calls of one function run one after the other: a savepoint covers exactly one of them. */
  queue: Promise<unknown>;
}

/** The arguments of a function as its one-element array. */
export function argumentList(args: Encoded): string {
  return JSON.stringify([args]);
}
