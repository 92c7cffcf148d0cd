import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import type { Key, KeyRange } from "../values/keys";

export type Entry = readonly [key: Key, value: string];
export type Write = readonly [key: Key, value: string | null];

/** What a transaction needs of a store. */
export interface StoreReader {
  get(key: Key): string | undefined;
  /** Entries of a half-open range, ascending or descending. */
  range(range: KeyRange, reverse?: boolean): Iterable<Entry>;
}

/** An ordered key-value store on LMDB. Several threads may open the same one; only one of them commits. */
export class Store implements StoreReader {
  private constructor(private readonly db: RootDatabase<Buffer, Buffer>) {}

  /** Opens the store in `folder`, making it when it is missing. Throws when the folder cannot be written. */
  static open(folder: string): Store {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new Store(
      open<Buffer, Buffer>({
        path: join(folder, "data.mdb"),
        noSubdir: true,
        encoding: "binary",
        keyEncoding: "binary",
        // A commit is on disk before it is announced: no acknowledged mutation is lost with the power.
        overlappingSync: false,
        maxReaders: 64,
      }),
    );
  }

  get(key: Key): string | undefined {
    return this.db.get(toBuffer(key))?.toString("utf8");
  }

  *range([lo, hi]: KeyRange, reverse = false): Iterable<Entry> {
    if (lo >= hi) return;
    const low = toBuffer(lo);
    const high = toBuffer(hi);
    const options = reverse
      ? { start: high, end: low, reverse: true, exclusiveStart: true, inclusiveEnd: true }
      : { start: low, end: high };
    for (const { key, value } of this.db.getRange(options)) {
      const text = key.toString("latin1");
      if (text >= lo && text < hi) yield [text, value.toString("utf8")];
    }
  }

  /** How many keys a range has. */
  count(range: KeyRange): number {
    return this.db.getKeysCount({ start: toBuffer(range[0]), end: toBuffer(range[1]) });
  }

  /** Makes the commits of other threads visible to the next read. */
  refresh(): void {
    this.db.resetReadTxn();
  }

  /** Applies all writes atomically; when it returns they are on disk. Throws when the disk refuses them. */
  commit(writes: Iterable<Write>): void {
    this.db.transactionSync(() => {
      for (const [key, value] of writes) {
        if (value === null) this.db.removeSync(toBuffer(key));
        else this.db.putSync(toBuffer(key), Buffer.from(value, "utf8"));
      }
    });
  }

  /** Closes this thread's handle. */
  async close(): Promise<void> {
    await this.db.close();
  }
}

function toBuffer(key: Key): Buffer {
  return Buffer.from(key, "latin1");
}
