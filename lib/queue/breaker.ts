/** Failures in a row after which an account's provider is left alone for a while. */
export const OPEN_FROM = 5;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 30 * 60_000;
/** How long the one job that tries again may take before another may. */
export const PROBE_MS = 2 * 60_000;

/**
 * Until when nothing is sent after `failures` in a row, epoch milliseconds; null while that is few. After the pause one job
 * tries (half-open): its success closes the breaker, its failure opens it for twice as long, at most half an hour.
 */
export function openUntil(failures: number, now: number): number | null {
  if (failures < OPEN_FROM) return null;
  return now + Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures - OPEN_FROM, 10), LONGEST_PAUSE_MS);
}
