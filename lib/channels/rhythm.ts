const HOUR_MS = 60 * 60_000;
/** Nothing is suspected before so much silence. */
const SHORTEST_MS = 6 * HOUR_MS;
/** Every watched calendar is looked at after so much silence, whatever its rhythm. */
export const LONGEST_MS = 24 * HOUR_MS;
/** With fewer notifications than these there is no rhythm to speak of. */
const RHYTHM_FROM = 6;

/**
 * After how much silence a watched calendar is to be looked at, from the times of its newest notifications (epoch
 * milliseconds, any order): twice its longest pause so far, at least 6 and at most 24 hours.
 */
export function silenceLimitMs(notifiedAt: readonly number[]): number {
  if (notifiedAt.length < RHYTHM_FROM) return LONGEST_MS;
  const times = [...notifiedAt].sort((a, b) => a - b);
  const longest = Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  return Math.min(Math.max(2 * longest, SHORTEST_MS), LONGEST_MS);
}
