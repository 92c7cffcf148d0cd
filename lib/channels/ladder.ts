const MINUTE_MS = 60_000;
/** Pauses after the first, second, … failure in a row. */
const RETRY_AFTER_MS = [5 * MINUTE_MS, 10 * MINUTE_MS, 20 * MINUTE_MS, 40 * MINUTE_MS];
/** A calendar that could not be watched so often is polled, and tried again now and then. */
export const SUSPENDED_FROM = 5;
/** From here on only a reconnect tries again. */
export const GIVEN_UP_FROM = 10;
const SUSPENDED_RETRY_MS = 6 * 60 * MINUTE_MS;

export type Rung =
  | { kind: "retry"; afterMs: number }
  /** The calendar is polled meanwhile; people are told. */
  | { kind: "suspended"; afterMs: number }
  /** Polled until the account is reconnected. */
  | { kind: "givenUp" };

/** What follows when a calendar could not be watched `failures` times in a row (1 after the first). */
export function rungAfter(failures: number): Rung {
  if (failures >= GIVEN_UP_FROM) return { kind: "givenUp" };
  if (failures >= SUSPENDED_FROM) return { kind: "suspended", afterMs: SUSPENDED_RETRY_MS };
  return { kind: "retry", afterMs: RETRY_AFTER_MS[Math.max(failures, 1) - 1] ?? SUSPENDED_RETRY_MS };
}
