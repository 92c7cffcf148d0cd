/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  /** When the process was born, as its system tells; null where it does not. */
  readonly birth: string | null;
  readonly [detail: string]: unknown;
}

export interface HeldLock {
  readonly kind: "taken";
  /** Adds what others should know to the lock's file. */
  describe(more: Record<string, unknown>): void;
  release(): void;
}

export type Taking = HeldLock | { readonly kind: "held"; readonly holder: Holder };

export function birthOf(pid: number): string | null;
export function isAlive(holder: Pick<Holder, "pid" | "birth">): boolean;
export function takeLock(file: string, details?: Record<string, unknown>): Taking;
export function waitForLock(file: string, onWait?: (holder: Holder) => void): Promise<HeldLock>;
