/** Google's access tokens are good for an hour less a second. */
const TOKEN_LIFE_MS = 3_599_000;
/** A run wants a token that outlives it: the 8 minutes of a run, and one more (`openCredentials`). */
const LEAST_LIFE_MS = 9 * 60_000;

/**
 * How many refreshes calls at these times (epoch milliseconds, ascending) need: each asks for a token when the one before has
 * less than nine minutes left.
 */
export function refreshesFor(callTimes: readonly number[]): number {
  let [refreshes, goodUntil] = [0, -Infinity];
  for (const time of callTimes) {
    if (goodUntil - time > LEAST_LIFE_MS) continue;
    refreshes += 1;
    goodUntil = time + TOKEN_LIFE_MS;
  }
  return refreshes;
}
