import type { Key } from "../values/keys";

const CHUNK = 512;

/** A sorted set of keys in chunks: insertion, removal and search stay cheap at tens of thousands of keys. */
export class SortedKeys {
  private chunks: Key[][] = [[]];

  /** Adds a key; a key that is there already stays once. */
  add(key: Key): void {
    const [index, chunk] = this.chunkFor(key);
    const at = lowerBound(chunk, key);
    if (chunk[at] === key) return;
    chunk.splice(at, 0, key);
    if (chunk.length > CHUNK) this.chunks.splice(index + 1, 0, chunk.splice(CHUNK / 2));
  }

  /** Removes a key, if it is there. */
  delete(key: Key): void {
    const [index, chunk] = this.chunkFor(key);
    const at = lowerBound(chunk, key);
    if (chunk[at] !== key) return;
    chunk.splice(at, 1);
    if (chunk.length === 0 && this.chunks.length > 1) this.chunks.splice(index, 1);
  }

  /** The least key that is ≥ `key`, or undefined. */
  atOrAfter(key: Key): Key | undefined {
    const [index, chunk] = this.chunkFor(key);
    return chunk[lowerBound(chunk, key)] ?? this.chunks[index + 1]?.[0];
  }

  /** The greatest key that is < `key`, or undefined. */
  before(key: Key): Key | undefined {
    const [index, chunk] = this.chunkFor(key);
    const at = lowerBound(chunk, key);
    return at > 0 ? chunk[at - 1] : this.chunks[index - 1]?.at(-1);
  }

  /** The chunk that holds `key` or where it belongs: the last one that begins at or before it. */
  private chunkFor(key: Key): [number, Key[]] {
    let from = 0;
    let to = this.chunks.length - 1;
    while (from < to) {
      const middle = (from + to + 1) >>> 1;
      const first = this.chunks[middle]?.[0];
      if (first !== undefined && first <= key) from = middle;
      else to = middle - 1;
    }
    return [from, this.chunks[from] ?? []];
  }
}

function lowerBound(keys: readonly Key[], key: Key): number {
  let from = 0;
  let to = keys.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] ?? "") < key) from = middle + 1;
    else to = middle;
  }
  return from;
}
