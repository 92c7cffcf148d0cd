/** One call that a client made. No token and no query that could carry one is kept. */
export interface Call {
  /** Rising by one; a page asks for what came after the last one it shows. */
  number: number;
  /** Epoch milliseconds. */
  at: number;
  /** `calendar.events.list`, `oauth.token.refresh_token`. */
  kind: string;
  method: string;
  path: string;
  /** E-mail of the account, where one was recognized. */
  account: string | null;
  status: number;
  durationMs: number;
  /** What the fault desk did to it, in words. */
  fault: string | null;
}

/** The last calls, and how many there were of each kind since the start or the last reset. */
export interface CallLog {
  record(call: Omit<Call, "number">): void;
  /** Newest first; `after` leaves out what has that number or a lower one. */
  recent(limit: number, after?: number): Call[];
  counts(): Record<string, number>;
  total(): number;
  reset(): void;
}

const KEPT = 500;

export function createCallLog(): CallLog {
  const calls: Call[] = [];
  const perKind = new Map<string, number>();
  let number = 0;
  return {
    record(call) {
      number += 1;
      calls.push({ number, ...call });
      if (calls.length > KEPT) calls.shift();
      perKind.set(call.kind, (perKind.get(call.kind) ?? 0) + 1);
    },
    recent: (limit, after = 0) => calls.filter((call) => call.number > after).slice(-limit).reverse(),
    counts: () => Object.fromEntries([...perKind].sort(([a], [b]) => (a < b ? -1 : 1))),
    total: () => [...perKind.values()].reduce((sum, count) => sum + count, 0),
    reset() {
      calls.length = 0;
      perKind.clear();
    },
  };
}
