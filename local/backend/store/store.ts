import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type RangeOptions, type RootDatabase, type Transaction as ReadTransaction } from "lmdb";
import type { Key, KeyRange } from "../values/keys";

export type Entry = readonly [key: Key, value: string];
export type Write = readonly [key: Key, value: string | null];

/** What a transaction needs of a store. */
export interface StoreReader {
  get(key: Key): string | undefined;
  /** Keys of a half-open range, ascending or descending. */
  keys(range: KeyRange, reverse?: boolean): Iterable<Key>;
}

/** The store as it was at one moment, whatever is committed meanwhile. Release it: an open one keeps old pages from being used again. */
export interface Snapshot extends StoreReader {
  release(): void;
}

/** The data cannot be opened or written; the message is for the person who runs the backend. */
export class StoreFailure extends Error {
  override name = "StoreFailure";
}

/** The one file of the store in `folder`. */
export function dataFile(folder: string): string {
  return join(folder, "data.mdb");
}

/** LMDB refuses longer ones. */
const LONGEST_KEY = 1978;

class KeyTooLong extends Error {}

/** Keys have one character per byte: they are written and read without a buffer between. */
const keyEncoder = {
  writeKey(key: Key, target: Buffer, start: number): number {
    if (key.length > LONGEST_KEY) throw new KeyTooLong(`A key of ${key.length} bytes is longer than the store takes.`);
    return start + target.write(key, start, "latin1");
  },
  readKey: (source: Buffer, start: number, end: number): Key => source.toString("latin1", start, end),
};

/** An ordered key-value store on LMDB. Several threads may open the same one; only one of them commits. */
export class Store implements StoreReader {
  private constructor(private readonly db: RootDatabase<string, Key>) {}

  /** Opens the store in `folder`, making it when it is missing. Throws {@link StoreFailure} when it is damaged or cannot be written. */
  static open(folder: string): Store {
    const file = dataFile(folder);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const db = open<string, Key>({
        path: file,
        noSubdir: true,
        encoding: "string",
        keyEncoder,
        // A commit is on disk before it is announced: no acknowledged mutation is lost with the power.
        overlappingSync: false,
        maxReaders: 64,
      });
      return new Store(db);
    } catch (thrown) {
      throw new StoreFailure(`The data in ${file} could not be opened: ${messageOf(thrown)}. If the file is damaged, put a copy of it or an export back; nothing was changed.`);
    }
  }

  get(key: Key): string | undefined {
    return this.db.get(key);
  }

  keys(range: KeyRange, reverse = false): Iterable<Key> {
    return this.keysOf(range, reverse);
  }

  *range([lo, hi]: KeyRange, reverse = false): Iterable<Entry> {
    if (lo >= hi) return;
    for (const { key, value } of this.db.getRange(bounds(lo, hi, reverse))) yield [key, value];
  }

  /** How many keys a range has. */
  count([lo, hi]: KeyRange): number {
    return lo < hi ? this.db.getKeysCount({ start: lo, end: hi }) : 0;
  }

  /** The store as it is now, with all that any thread has committed. */
  snapshot(): Snapshot {
    this.db.resetReadTxn();
    const transaction = this.db.useReadTransaction();
    const options = { transaction };
    return {
      get: (key) => this.db.get(key, options),
      keys: (range, reverse = false) => this.keysOf(range, reverse, transaction),
      release: () => transaction.done(),
    };
  }

  /**
   * Applies all writes atomically; when it returns they are on disk. Throws {@link StoreFailure} when the disk refuses them:
   * whether they are there is known only to the next start then. Any other error is of the writes, and none of them is there.
   */
  commit(writes: Iterable<Write>): void {
    try {
      this.db.transactionSync(() => {
        for (const [key, value] of writes) {
          if (value === null) this.db.removeSync(key);
          else this.db.putSync(key, value);
        }
      });
    } catch (thrown) {
      if (thrown instanceof KeyTooLong) throw thrown;
      throw new StoreFailure(`The disk refused a commit (${messageOf(thrown)}). What was acknowledged before is safe. Make room and start again.`);
    }
  }

  /** Closes this thread's handle. */
  async close(): Promise<void> {
    await this.db.close();
  }

  private keysOf([lo, hi]: KeyRange, reverse: boolean, transaction?: ReadTransaction): Iterable<Key> {
    if (lo >= hi) return [];
    return this.db.getKeys(transaction === undefined ? bounds(lo, hi, reverse) : { ...bounds(lo, hi, reverse), transaction });
  }
}

function bounds(lo: Key, hi: Key, reverse: boolean): RangeOptions {
  return reverse ? { start: hi, end: lo, reverse: true, exclusiveStart: true, inclusiveEnd: true } : { start: lo, end: hi };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
