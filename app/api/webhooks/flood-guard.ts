/** Keeps a flood of calls that do not verify away from the deployment, without standing in the way of those that do. */
export interface FloodGuard {
  /** False while there is a flood and this sender has not verified before: it is to come again later. */
  admits(sender: string): boolean;
  /** What came of a call that was admitted. */
  note(sender: string, verified: boolean): void;
}

/** Refusals within one window from which on it is a flood. */
const FLOOD = 100;
const WINDOW_MS = 10_000;
/** Senders that are remembered, those that verified last. */
const REMEMBERED = 10_000;

/** `sender` is what verifies a call: who knows it is no guesser. `now` is in milliseconds and never goes back. */
export function createFloodGuard({ now }: { now(): number }): FloodGuard {
  const verified = new Set<string>();
  let [refusals, windowEndsAt] = [0, 0];
  const inWindow = (): number => (now() < windowEndsAt ? refusals : 0);
  return {
    admits: (sender) => inWindow() < FLOOD || verified.has(sender),
    note(sender, isVerified) {
      if (isVerified) {
        verified.delete(sender);
        verified.add(sender);
        const [oldest] = verified;
        if (verified.size > REMEMBERED && oldest !== undefined) verified.delete(oldest);
        return;
      }
      refusals = inWindow() + 1;
      if (refusals === 1) windowEndsAt = now() + WINDOW_MS;
    },
  };
}
