const DAY_MS = 24 * 60 * 60_000;
/** A channel is renewed when this share of its life is left, or a day before its end, whichever comes first. */
const SHARE_LEFT = 0.2;

/**
 * When a channel that was opened at `openedAt` is to be replaced by a fresh one. One that lives for less than two days
 * keeps to its share: a day before its end could be before its beginning. All times epoch milliseconds.
 */
export function renewalAt(openedAt: number, expiresAt: number): number {
  const lifetime = Math.max(expiresAt - openedAt, 0);
  const share = lifetime * SHARE_LEFT;
  return Math.round(expiresAt - (lifetime >= 2 * DAY_MS ? Math.max(share, DAY_MS) : share));
}
