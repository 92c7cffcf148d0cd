import type { KeyRange } from "../values/keys";
import type { CommitLog } from "./commit-log";

/** What the real backend would have had to retry for one function. */
export interface ConflictCount {
  calls: number;
  /** Retries in total. */
  conflicts: number;
  /** The most retries of one call; the real backend gives up after four. */
  maxRetries: number;
}

/**
 * Here transactions run one after the other, so none conflicts. On the real backend they run side by side, and each commit
 * between a mutation's arrival and its own commit that touches what it read costs it a retry. This counts those.
 */
export class ConflictCounter {
  private readonly counts = new Map<string, ConflictCount>();

  constructor(private readonly commits: CommitLog) {}

  /** Notes that a mutation which arrived when the clock stood at `arrivedTs` has run with these reads. */
  noteMutation(path: string, arrivedTs: number, reads: readonly KeyRange[]): void {
    const retries = this.commits.countHits(arrivedTs, reads);
    const count = this.counts.get(path) ?? { calls: 0, conflicts: 0, maxRetries: 0 };
    count.calls++;
    count.conflicts += retries;
    count.maxRetries = Math.max(count.maxRetries, retries);
    this.counts.set(path, count);
  }

  /** Counts by function path since the start, or since {@link reset}. */
  report(): Record<string, ConflictCount> {
    return Object.fromEntries(this.counts);
  }

  reset(): void {
    this.counts.clear();
  }
}
