import type { Key, KeyRange } from "../values/keys";
import type { StoreReader, Write } from "../store/store";

/** A store in memory, for tests of what is built on one. */
export class MemoryStore implements StoreReader {
  private readonly entries = new Map<Key, string>();

  get(key: Key): string | undefined {
    return this.entries.get(key);
  }

  keys([lo, hi]: KeyRange, reverse = false): Iterable<Key> {
    const found = [...this.entries.keys()].filter((key) => key >= lo && key < hi).sort();
    return reverse ? found.reverse() : found;
  }

  commit(writes: Iterable<Write>): void {
    for (const [key, value] of writes) {
      if (value === null) this.entries.delete(key);
      else this.entries.set(key, value);
    }
  }
}
