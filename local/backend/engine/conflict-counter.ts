import { hitsRange, type Key, type KeyRange } from "../values/keys";

/** What the real backend would have had to retry for one function. */
export interface ConflictCount {
  calls: number;
  /** Retries in total. */
  conflicts: number;
  /** The most retries of one call; the real backend gives up after four. */
  maxRetries: number;
}

/** A mutation as it was called and as it ran. Times are in milliseconds, of a clock that never goes back. */
export interface NotedMutation {
  path: string;
  arrivedAt: number;
  reads: readonly KeyRange[];
  /** Keys that it wrote, sorted. */
  touched: readonly Key[];
}

/** A try at one mutation: it reads what is there at `beganAt`, and wants to commit at `endsAt`. */
interface Attempt extends NotedMutation {
  beganAt: number;
  endsAt: number;
  retries: number;
}

/** How long each transaction is taken to last: as long as a rather slow one, and always the same, so that counts are not this machine's. */
const TRANSACTION_MS = 20;
/** A retry waits this long, and twice as long each time. */
const BACKOFF_MS = 10;

/**
 * Here transactions run one after the other, so none conflicts. On the real backend they run side by side, and one that wants to
 * commit begins anew when something that it read was written since it began. This plays that through: each mutation begins when
 * it was called, whether or not it had to wait for its turn here, and reads and writes what it did here. One that wrote nothing
 * needs no retry. What the host writes by itself is left out.
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
    if (mutation.touched.length > 0) this.begin(mutation, mutation.arrivedAt, 0);
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

  private begin({ path, arrivedAt, reads, touched }: NotedMutation, beganAt: number, retries: number): void {
    const attempt = { path, arrivedAt, reads, touched, beganAt, endsAt: beganAt + TRANSACTION_MS, retries };
    const after = this.underWay.findLastIndex(({ endsAt }) => endsAt <= attempt.endsAt);
    this.underWay.splice(after + 1, 0, attempt);
  }

  /** Brings the attempts that end until then to their ends. */
  private playUntil(time: number): void {
    for (;;) {
      const attempt = this.underWay[0];
      if (attempt === undefined || attempt.endsAt > time) break;
      this.underWay.shift();
      const { reads, touched, beganAt, endsAt, retries } = attempt;
      if (this.wroteSince(beganAt, reads)) {
        this.begin(attempt, endsAt + BACKOFF_MS * 2 ** retries, retries + 1);
      } else {
        this.commits.push({ at: endsAt, touched });
        this.count(attempt);
      }
    }
    this.forget(Math.min(time, ...this.underWay.map(({ beganAt }) => beganAt)));
  }

  private wroteSince(time: number, reads: readonly KeyRange[]): boolean {
    for (let index = this.commits.length - 1; index >= 0; index--) {
      const commit = this.commits[index];
      if (commit === undefined || commit.at <= time) return false;
      if (reads.some((range) => hitsRange(commit.touched, range))) return true;
    }
    return false;
  }

  private count({ path, retries }: Attempt): void {
    const count = this.counts.get(path);
    if (count === undefined) return;
    count.conflicts += retries;
    count.maxRetries = Math.max(count.maxRetries, retries);
  }

  private forget(before: number): void {
    const kept = this.commits.findIndex(({ at }) => at > before);
    this.commits.splice(0, kept === -1 ? this.commits.length : kept);
  }
}
