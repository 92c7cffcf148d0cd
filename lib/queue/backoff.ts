/** First pause after a failure, by provider id. */
export const BASE_DELAY_MS: Readonly<Record<string, number>> = {
  google: 30_000,
  microsoft: 45_000,
  caldav: 60_000,
};
export const DEFAULT_BASE_DELAY_MS = 60_000;
export const MAX_DELAY_MS = 30 * 60_000;
/** Up to this share of the delay is added, so that jobs that failed together do not return together. */
export const JITTER = 0.1;

export interface BackoffInput {
  /** Provider id; unknown ones get {@link DEFAULT_BASE_DELAY_MS}. */
  provider: string;
  /** Failures so far, this one included: 1 after the first. */
  attempt: number;
  /** What the provider asked for, or null. */
  retryAfterMs: number | null;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  random: number;
}

/**
 * Milliseconds to wait before the next try: `base · 2ⁿ` plus up to 10 % jitter, at most 30 minutes. A provider's
 * Retry-After is a lower bound: it is never undercut, except that nothing waits longer than 30 minutes.
 */
export function backoffMs({ provider, attempt, retryAfterMs, random }: BackoffInput): number {
  const base = BASE_DELAY_MS[provider] ?? DEFAULT_BASE_DELAY_MS;
  const doublings = Math.min(Math.max(attempt - 1, 0), 20);
  const delay = base * 2 ** doublings * (1 + JITTER * random);
  return Math.round(Math.min(Math.max(delay, retryAfterMs ?? 0), MAX_DELAY_MS));
}
