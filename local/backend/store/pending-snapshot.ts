import { MergedKeys } from "../tables/merged-keys";
import { SortedKeys } from "../tables/sorted-keys";
import type { Key, KeyRange } from "../values/keys";
import type { Snapshot, Write } from "./store";

/** A snapshot as it will be with a commit that is on its way to the disk. */
export class PendingSnapshot implements Snapshot {
  private readonly written: ReadonlyMap<Key, string | null>;
  private readonly writtenKeys = new SortedKeys();

  constructor(
    private readonly before: Snapshot,
    writes: readonly Write[],
  ) {
    this.written = new Map(writes);
    for (const key of this.written.keys()) this.writtenKeys.add(key);
  }

  get(key: Key): string | undefined {
    const written = this.written.get(key);
    return written === undefined ? this.before.get(key) : (written ?? undefined);
  }

  keys(range: KeyRange, reverse = false): Iterable<Key> {
    return { [Symbol.iterator]: () => this.iterate(range, reverse) };
  }

  release(): void {
    this.before.release();
  }

  private iterate(range: KeyRange, reverse: boolean): Iterator<Key, undefined> {
    const merged = new MergedKeys(this.before.keys(range, reverse)[Symbol.iterator](), this.written, this.writtenKeys, range, reverse);
    return {
      next: () => {
        const key = merged.next();
        return key === null ? { done: true, value: undefined } : { done: false, value: key };
      },
      return: () => {
        merged.close();
        return { done: true, value: undefined };
      },
    };
  }
}
