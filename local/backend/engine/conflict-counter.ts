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
  /** The documents of the functions that it scheduled. */
  schedules?: readonly Key[];
  /** Where it was itself scheduled: the document that another mutation names among those. */
  scheduledAs?: Key | null;
  /** Who called it, where that is somebody who awaits each mutation before the next: an action, a client's session. */
  chain?: unknown;
}

/** A try at one mutation: it reads what is there at `beganAt`, and wants to commit at `endsAt`. One that has not begun waits for another's end. */
interface Attempt extends NotedMutation {
  beganAt: number;
  endsAt: number;
  retries: number;
  /** What can only be called when this one is committed. */
  readonly followers: Attempt[];
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
  /** Those noted of late: they are played through when their callers have their answers. */
  private readonly noted: NotedMutation[] = [];
  /** In the order of their ends. */
  private readonly underWay: Attempt[] = [];
  /** Of those that have not ended, begun or not: who scheduled what, and the last of each caller. */
  private readonly schedulers = new Map<Key, Attempt>();
  private readonly lastOfChain = new Map<unknown, Attempt>();
  /** What attempts under way may meet, oldest first. */
  private readonly commits: { at: number; touched: readonly Key[] }[] = [];

  /** Notes that a mutation has run. Called in the order in which they arrived. */
  noteMutation(mutation: NotedMutation): void {
    if (this.noted.push(mutation) === 1) setImmediate(() => this.playNoted());
  }

  /** Counts by function path since the start, or since {@link reset}. */
  report(): Record<string, ConflictCount> {
    this.playNoted();
    this.playUntil(Infinity);
    return structuredClone(Object.fromEntries(this.counts));
  }

  reset(): void {
    this.noted.length = 0;
    this.counts.clear();
    this.underWay.length = 0;
    this.schedulers.clear();
    this.lastOfChain.clear();
    this.commits.length = 0;
  }

  private playNoted(): void {
    for (const mutation of this.noted.splice(0)) this.play(mutation);
  }

  private play(mutation: NotedMutation): void {
    const count = this.counts.get(mutation.path) ?? { calls: 0, conflicts: 0, maxRetries: 0 };
    count.calls++;
    this.counts.set(mutation.path, count);
    this.playUntil(mutation.arrivedAt);
    if (mutation.touched.length === 0) return;
    const cause = this.causeOf(mutation);
    const attempt: Attempt = { ...mutation, beganAt: NaN, endsAt: NaN, retries: 0, followers: [] };
    for (const key of attempt.schedules ?? []) this.schedulers.set(key, attempt);
    if (attempt.chain != null) this.lastOfChain.set(attempt.chain, attempt);
    if (cause === undefined) this.begin(attempt, mutation.arrivedAt, 0);
    else cause.followers.push(attempt);
  }

  /** The one that has not ended without which this mutation would not have been called yet. */
  private causeOf({ scheduledAs, chain }: NotedMutation): Attempt | undefined {
    const scheduler = scheduledAs == null ? undefined : this.schedulers.get(scheduledAs);
    return scheduler ?? (chain == null ? undefined : this.lastOfChain.get(chain));
  }

  private begin(attempt: Attempt, beganAt: number, retries: number): void {
    Object.assign(attempt, { beganAt, endsAt: beganAt + TRANSACTION_MS, retries });
    const after = this.underWay.findLastIndex(({ endsAt }) => endsAt <= attempt.endsAt);
    this.underWay.splice(after + 1, 0, attempt);
  }

  /** Brings the attempts that end until then to their ends. */
  private playUntil(time: number): void {
    for (;;) {
      const attempt = this.underWay[0];
      if (attempt === undefined || attempt.endsAt > time) break;
      this.underWay.shift();
      const { path, reads, touched, beganAt, endsAt, retries } = attempt;
      const conflicts = this.wroteSince(beganAt, reads);
      if (conflicts && retries < MOST_RETRIES) {
        this.begin(attempt, endsAt + BACKOFF_MS * 2 ** retries, retries + 1);
        continue;
      }
      if (!conflicts) this.commits.push({ at: endsAt, touched });
      this.count(path, conflicts ? retries + 1 : retries);
      this.end(attempt);
    }
    // Whatever ends after this moment began later than this.
    this.forget(time - TRANSACTION_MS);
  }

  private end(attempt: Attempt): void {
    for (const key of attempt.schedules ?? []) this.schedulers.delete(key);
    if (this.lastOfChain.get(attempt.chain) === attempt) this.lastOfChain.delete(attempt.chain);
    for (const follower of attempt.followers) this.begin(follower, attempt.endsAt, 0);
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
