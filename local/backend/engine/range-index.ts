import { hitsRange, type Key, type KeyRange } from "../values/keys";

/**
 * Who reads which ranges, so that a commit costs what it touches and not what everybody reads. A range lies under the
 * beginning that all of its keys share; a key is looked for under each of its own beginnings that anybody has.
 */
export class RangeIndex<Reader extends object> {
  private readonly byReader = new Map<Reader, readonly KeyRange[]>();
  private readonly byPrefix = new Map<Key, Map<Reader, KeyRange[]>>();
  /** How many prefixes there are of each length. */
  private readonly lengths = new Map<number, number>();

  /** Puts the ranges of a reader in the place of those it had. */
  set(reader: Reader, ranges: readonly KeyRange[]): void {
    this.delete(reader);
    this.byReader.set(reader, ranges);
    for (const range of ranges) {
      const prefix = sharedPrefix(range);
      let readers = this.byPrefix.get(prefix);
      if (readers === undefined) {
        readers = new Map();
        this.byPrefix.set(prefix, readers);
        this.lengths.set(prefix.length, (this.lengths.get(prefix.length) ?? 0) + 1);
      }
      const known = readers.get(reader);
      if (known === undefined) readers.set(reader, [range]);
      else known.push(range);
    }
  }

  delete(reader: Reader): void {
    for (const range of this.byReader.get(reader) ?? []) {
      const prefix = sharedPrefix(range);
      const readers = this.byPrefix.get(prefix);
      readers?.delete(reader);
      if (readers?.size !== 0) continue;
      this.byPrefix.delete(prefix);
      const count = (this.lengths.get(prefix.length) ?? 1) - 1;
      if (count > 0) this.lengths.set(prefix.length, count);
      else this.lengths.delete(prefix.length);
    }
    this.byReader.delete(reader);
  }

  /** Everybody who reads one of `touched` (ascending). */
  readersOf(touched: readonly Key[]): Set<Reader> {
    const found = new Set<Reader>();
    // A commit larger than all that is read together is better asked for by each reader.
    if (touched.length * this.lengths.size > this.byReader.size * 16) {
      for (const [reader, ranges] of this.byReader) if (ranges.some((range) => hitsRange(touched, range))) found.add(reader);
      return found;
    }
    for (const length of this.lengths.keys()) {
      let last: Key | null = null;
      for (const key of touched) {
        if (key.length < length) continue;
        const prefix = key.slice(0, length);
        if (prefix === last) continue;
        last = prefix;
        for (const [reader, ranges] of this.byPrefix.get(prefix) ?? []) {
          if (!found.has(reader) && ranges.some((range) => hitsRange(touched, range))) found.add(reader);
        }
      }
    }
    return found;
  }
}

/** What every key of a range begins with: all that its bounds have in common, as they frame it. */
function sharedPrefix([lo, hi]: KeyRange): Key {
  const longest = Math.min(lo.length, hi.length);
  let at = 0;
  while (at < longest && lo[at] === hi[at]) at++;
  return lo.slice(0, at);
}
