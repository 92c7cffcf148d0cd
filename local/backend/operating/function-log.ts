import type { FunctionKind } from "../functions/function-registry";

/** One call of a function, as the log names it. */
export interface LoggedCall {
  /** "" is the app. */
  component: string;
  identifier: string;
  udfType: FunctionKind | "HttpAction";
  environment: "isolate" | "node";
  caller: string;
  requestId: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

/** What `npx convex logs` reads of a call. Times are seconds. */
interface Entry {
  /** Null for the app. */
  componentPath: string | null;
  identifier: string;
  udfType: LoggedCall["udfType"];
  logLines: string[];
  timestamp: number;
  requestId: string;
  executionId: string;
}

/** What an action has said while it ran; its completion does not say it again. */
interface Progress extends Entry {
  kind: "Progress";
}

interface Completion extends Entry {
  kind: "Completion";
  executionTime: number;
  error: string | null;
  success: null;
  cachedResult: boolean;
  caller: string;
  environment: string;
  identityType: string;
  willRetry: boolean;
  executionTimestamp: number;
  usageStats: Record<string, number>;
}
export type LogEntry = Progress | Completion;

/** Entries and characters that are kept, at least; twice as much, at most, but for one entry. */
const KEPT = 2000;
const KEPT_CHARACTERS = 16 * 1024 * 1024;
const LONGEST_NAME = 1000;
const WAIT_MS = 10_000;
/** Readers hear of queries that said nothing together: there can be thousands after one commit. */
const GATHER_MS = 250;

/** What the last calls of functions said, with readers that wait for more. */
export class FunctionLog {
  private entries: { at: number; entry: LogEntry }[] = [];
  private older: { at: number; entry: LogEntry }[] = [];
  private characters = 0;
  private gathering: NodeJS.Timeout | null = null;
  private readonly waiting = new Set<() => void>();
  private lastAt = 0;

  /** `print` also shows what failed on the backend's own output. */
  constructor(private readonly print: (line: string) => void) {}

  /** Notes what an action said, as it says it. */
  progress(call: LoggedCall, logLines: string[]): void {
    this.add({ kind: "Progress", ...entryOf(call, logLines) });
  }

  /** Notes that a call has ended; `error` is null when it succeeded. Lines that were noted as progress are not given again. */
  completion(call: LoggedCall, logLines: string[], error: string | null): void {
    if (error !== null) this.print(`${call.udfType} ${call.identifier} failed: ${error}`);
    const { environment, caller, startedAt } = call;
    this.add({
      kind: "Completion",
      ...entryOf(call, logLines),
      executionTime: (Date.now() - startedAt) / 1000,
      error,
      success: null,
      cachedResult: false,
      caller,
      environment,
      identityType: "unknown",
      willRetry: false,
      executionTimestamp: startedAt / 1000,
      usageStats: {},
    });
  }

  /** Entries after `cursor` (milliseconds), waiting a while for the first one unless the cursor is 0. */
  async read(cursor: number): Promise<{ entries: LogEntry[]; newCursor: number }> {
    if (cursor > 0 && cursor >= this.lastAt) await this.next();
    // What comes from here on is later than any cursor that is given out.
    else if (cursor === 0) this.lastAt = Math.max(this.lastAt, Date.now());
    const found = [...this.older, ...this.entries].filter(({ at }) => at > cursor);
    return { entries: found.map(({ entry }) => entry), newCursor: found.at(-1)?.at ?? (cursor > 0 ? cursor : this.lastAt) };
  }

  /** Lets every waiting reader go. */
  wakeAll(): void {
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.gathering = null;
    for (const wake of this.waiting) wake();
  }

  private add(entry: LogEntry): void {
    this.lastAt = Math.max(this.lastAt + 1e-3, Date.now());
    this.entries.push({ at: this.lastAt, entry });
    const error = entry.kind === "Completion" ? entry.error : null;
    this.characters += entry.logLines.reduce((sum, line) => sum + line.length, error?.length ?? 0);
    if (this.entries.length > KEPT || this.characters > KEPT_CHARACTERS) {
      this.older = this.entries;
      this.entries = [];
      this.characters = 0;
    }
    if (this.waiting.size === 0) return;
    if (entry.udfType === "Query" && entry.logLines.length === 0 && error === null) this.gathering ??= setTimeout(() => this.wakeAll(), GATHER_MS).unref();
    else this.wakeAll();
  }

  private next(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, WAIT_MS);
      this.waiting.add(wake);
    });
  }
}

function entryOf({ component, identifier, udfType, requestId }: LoggedCall, logLines: string[]): Entry {
  // A request is one execution here: nothing is tried twice.
  return { componentPath: component === "" ? null : component, identifier: identifier.slice(0, LONGEST_NAME), udfType, logLines, timestamp: Date.now() / 1000, requestId, executionId: requestId };
}
