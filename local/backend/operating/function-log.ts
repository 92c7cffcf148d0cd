import { randomBytes } from "node:crypto";
import type { FunctionKind } from "../functions/function-registry";

/** One finished call, as `npx convex logs` reads it. Times are seconds. */
export interface LogEntry {
  kind: "Completion";
  /** Null for the app. */
  componentPath: string | null;
  identifier: string;
  udfType: FunctionKind | "HttpAction";
  logLines: string[];
  timestamp: number;
  executionTime: number;
  error: string | null;
  success: null;
  cachedResult: boolean;
  caller: string;
  requestId: string;
  executionId: string;
  environment: string;
  identityType: string;
  willRetry: boolean;
  executionTimestamp: number;
  usageStats: Record<string, number>;
}

const KEPT = 1000;
const WAIT_MS = 10_000;

/** The last calls of functions, with readers that wait for more. */
export class FunctionLog {
  private readonly entries: { at: number; entry: LogEntry }[] = [];
  private readonly waiting = new Set<() => void>();
  private lastAt = 0;

  /** `print` also shows what failed on the backend's own output. */
  constructor(private readonly print: (line: string) => void) {}

  note(call: { component: string; identifier: string; udfType: LogEntry["udfType"]; logLines: string[]; startedAt: number; error: string | null; caller: string; requestId: string }): void {
    const now = Date.now();
    if (call.error !== null) this.print(`${call.udfType} ${call.identifier} failed: ${call.error}`);
    if (call.logLines.length === 0 && call.error === null && call.udfType === "Query") return;
    this.lastAt = Math.max(this.lastAt + 1e-3, now);
    this.entries.push({
      at: this.lastAt,
      entry: {
        kind: "Completion",
        componentPath: call.component === "" ? null : call.component,
        identifier: call.identifier,
        udfType: call.udfType,
        logLines: call.logLines,
        timestamp: now / 1000,
        executionTime: (now - call.startedAt) / 1000,
        error: call.error,
        success: null,
        cachedResult: false,
        caller: call.caller,
        requestId: call.requestId,
        executionId: randomBytes(8).toString("hex"),
        environment: "isolate",
        identityType: "unknown",
        willRetry: false,
        executionTimestamp: call.startedAt / 1000,
        usageStats: {},
      },
    });
    if (this.entries.length > KEPT) this.entries.shift();
    for (const wake of this.waiting) wake();
  }

  /** Entries after `cursor` (milliseconds), waiting a while for the first one unless the cursor is 0. */
  async read(cursor: number): Promise<{ entries: LogEntry[]; newCursor: number }> {
    if (cursor > 0 && !this.entries.some(({ at }) => at > cursor)) await this.next();
    const found = this.entries.filter(({ at }) => at > cursor);
    return { entries: found.map(({ entry }) => entry), newCursor: found.at(-1)?.at ?? (cursor > 0 ? cursor : Date.now()) };
  }

  /** Lets every waiting reader go. */
  close(): void {
    for (const wake of this.waiting) wake();
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
