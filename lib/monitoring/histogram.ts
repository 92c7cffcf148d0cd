/**
 * Durations counted in buckets whose bounds grow by √2, so that a quantile read from them is off by a fifth at
 * most, whatever the scale, and histograms of different spans can be added up.
 */

/** Upper bound of the first bucket, milliseconds. */
const FIRST_MS = 10;
const PER_OCTAVE = 2;
/** The last bucket takes everything above about eight hours. */
export const BUCKETS = 44;

/** No durations yet. */
export function emptyHistogram(): number[] {
  return new Array<number>(BUCKETS).fill(0);
}

/** The bucket that a duration in milliseconds belongs to. */
export function bucketOf(ms: number): number {
  if (!(ms > FIRST_MS)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(PER_OCTAVE * Math.log2(ms / FIRST_MS) - 1e-9));
}

/** Upper bound of a bucket, milliseconds. */
export function upperBoundMs(bucket: number): number {
  return FIRST_MS * 2 ** (bucket / PER_OCTAVE);
}

/** Two histograms together. */
export function addHistograms(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: BUCKETS }, (_, bucket) => (a[bucket] ?? 0) + (b[bucket] ?? 0));
}

/**
 * The duration in milliseconds that a share `q` (0 to 1) of all stays below, interpolated within its bucket; null
 * where nothing was counted.
 */
export function quantileMs(histogram: readonly number[], q: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.min(Math.max(q, 0), 1) * total;
  let below = 0;
  for (const [bucket, count] of histogram.entries()) {
    if (count === 0) continue;
    if (below + count >= rank) {
      const lower = bucket === 0 ? 0 : upperBoundMs(bucket - 1);
      return lower + ((rank - below) / count) * (upperBoundMs(bucket) - lower);
    }
    below += count;
  }
  return upperBoundMs(BUCKETS - 1);
}
