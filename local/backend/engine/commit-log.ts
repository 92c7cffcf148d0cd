import { hostLimits } from "../limits";
import { hitsRange, type Key, type KeyRange } from "../values/keys";

/** The last commits, and which keys each of them touched. */
export class CommitLog {
  private readonly commits: { ts: number; touched: readonly Key[] }[] = [];
  /** What was committed up to here is no longer known. */
  private forgottenTs: number;
  private keys = 0;

  constructor(ts: number) {
    this.forgottenTs = ts;
  }

  /** Notes a commit; `touched` is sorted. */
  note(ts: number, touched: readonly Key[]): void {
    this.commits.push({ ts, touched });
    this.keys += touched.length;
    if (this.commits.length > 2 * hostLimits.commitWindow) this.forget(hostLimits.commitWindow);
    // Large commits are remembered for less long: half of them go at a time.
    while (this.keys > hostLimits.commitWindowKeys && this.commits.length > 1) this.forget(this.commits.length >>> 1);
  }

  /** Whether something read at `ts` may be different now. */
  mayHaveChanged(ts: number, ranges: readonly KeyRange[]): boolean {
    if (ts < this.forgottenTs) return true;
    for (const { touched } of this.after(ts)) if (ranges.some((range) => hitsRange(touched, range))) return true;
    return false;
  }

  private forget(count: number): void {
    const forgotten = this.commits.splice(0, count);
    for (const { touched } of forgotten) this.keys -= touched.length;
    this.forgottenTs = forgotten.at(-1)?.ts ?? this.forgottenTs;
  }

  private *after(ts: number): Iterable<{ touched: readonly Key[] }> {
    for (let at = this.commits.length - 1; at >= 0; at--) {
      const commit = this.commits[at];
      if (commit === undefined || commit.ts <= ts) return;
      yield commit;
    }
  }
}
