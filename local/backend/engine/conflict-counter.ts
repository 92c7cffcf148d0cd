import { hitsRange, type Key, type KeyRange } from "../values/keys";

/** What the real backend would have had to retry for one function. */
export interface ConflictCount {
  calls: number;
  /** How often a call would have had to begin anew, in total. */
  conflicts: number;
  /** The most of one call; five is one that the real backend would have given up, after four retries. */
  maxRetries: number;
}

/** A mutation as it was called and as it ran. Times are in milliseconds, of a clock that never goes back. */
export interface NotedMutation {
  path: string;
  arrivedAt: number;
  reads: readonly KeyRange[];
  /** Keys that it wrote, sorted. */
  touched: readonly Key[];
  /** Where it was scheduled: the key that the mutation wrote which scheduled it. */
  scheduledAs?: Key | null;
  /** Who called it, where that is somebody who awaits each mutation before the next: an action, a client's session. */
  chain?: unknown;
}

/** With what can only be called when it is committed. */
interface Cause extends NotedMutation {
  followers: Cause[];
}

/** A try at one mutation: it reads what is there at `beganAt`, and wants to commit at `endsAt`. */
interface Attempt extends Cause {
  beganAt: number;
  endsAt: number;
  retries: number;
}

/** How long each transaction is taken to last: as long as a rather slow one, and always the same, so that counts are not this machine's. */
const TRANSACTION_MS = 20;
/** A retry waits this long, and twice as long each time. */
const BACKOFF_MS = 10;
/** A call whose last retry conflicts too fails on the real backend, and writes nothing. */
const MOST_RETRIES = 4;

/**
 * Here transactions run one after the other, so none conflicts. On the real backend they run side by side, and one that wants to
 * commit begins anew when something that it read was written since it began. This plays that through: each mutation begins when
 * it was called, whether or not it had to wait for its turn here, and reads and writes what it did here. What was called because
 * another one was committed (what that one scheduled, the next of an action or of a session) begins after it here, too. One that wrote
 * nothing needs no retry, and one that has had all its retries is given up. What the host writes by itself is left out.
 */
export class ConflictCounter {
  private readonly counts = new Map<string, ConflictCount>();
  /** In the order of their ends. */
  private readonly underWay: Attempt[] = [];
  /** What attempts under way may meet, oldest first. */
  private readonly commits: { at: number; touched: readonly Key[] }[] = [];

  /** Notes that a mutation has run. Called in the order in which they arrived. */
  noteMutation(mutation: NotedMutation): void {
    const count = this.counts.get(mutation.path) ?? { calls: 0, conflicts: 0, maxRetries: 0 };
    count.calls++;
    this.counts.set(mutation.path, count);
    this.playUntil(mutation.arrivedAt);
    if (mutation.touched.length === 0) return;
    const cause = causeOf(mutation, this.underWay);
    const noted = { ...mutation, followers: [] };
    if (cause === undefined) this.begin(noted, mutation.arrivedAt, 0);
    else cause.followers.push(noted);
  }

  /** Counts by function path since the start, or since {@link reset}. */
  report(): Record<string, ConflictCount> {
    this.playUntil(Infinity);
    return structuredClone(Object.fromEntries(this.counts));
  }

  reset(): void {
    this.counts.clear();
    this.underWay.length = 0;
    this.commits.length = 0;
  }

  private begin(mutation: Cause, beganAt: number, retries: number): void {
    const attempt = { ...mutation, beganAt, endsAt: beganAt + TRANSACTION_MS, retries };
    const after = this.underWay.findLastIndex(({ endsAt }) => endsAt <= attempt.endsAt);
    this.underWay.splice(after + 1, 0, attempt);
  }

  /** Brings the attempts that end until then to their ends. */
  private playUntil(time: number): void {
    for (;;) {
      const attempt = this.underWay[0];
      if (attempt === undefined || attempt.endsAt > time) break;
      this.underWay.shift();
      const { path, reads, touched, beganAt, endsAt, retries, followers } = attempt;
      const conflicts = this.wroteSince(beganAt, reads);
      if (conflicts && retries < MOST_RETRIES) {
        this.begin(attempt, endsAt + BACKOFF_MS * 2 ** retries, retries + 1);
        continue;
      }
      if (!conflicts) this.commits.push({ at: endsAt, touched });
      this.count(path, conflicts ? retries + 1 : retries);
      for (const follower of followers) this.begin(follower, endsAt, 0);
    }
    // Whatever ends after this moment began later than this.
    this.forget(time - TRANSACTION_MS);
  }

  private wroteSince(time: number, reads: readonly KeyRange[]): boolean {
    for (let index = this.commits.length - 1; index >= 0; index--) {
      const commit = this.commits[index];
      if (commit === undefined || commit.at <= time) return false;
      if (reads.some((range) => hitsRange(commit.touched, range))) return true;
    }
    return false;
  }

  private count(path: string, conflicts: number): void {
    const count = this.counts.get(path);
    if (count === undefined) return;
    count.conflicts += conflicts;
    count.maxRetries = Math.max(count.maxRetries, conflicts);
  }

  private forget(before: number): void {
    const kept = this.commits.findIndex(({ at }) => at > before);
    this.commits.splice(0, kept === -1 ? this.commits.length : kept);
  }
}

/** The last of those under way without which this mutation would not have been called yet. */
function causeOf(mutation: NotedMutation, underWay: readonly Cause[]): Cause | undefined {
  const { scheduledAs, chain } = mutation;
  for (const other of [...underWay].reverse()) {
    const cause = causeOf(mutation, other.followers);
    if (cause !== undefined) return cause;
    if (scheduledAs != null && hitsRange(other.touched, [scheduledAs, `${scheduledAs}\0`])) return other;
    if (chain != null && other.chain === chain) return other;
  }
  return undefined;
}
