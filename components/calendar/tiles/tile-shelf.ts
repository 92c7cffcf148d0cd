import { type Tile, tileKey } from "./tile";
import type { TileContent, TilePage } from "./tile-pages";

/**
 * What was last seen of each tile, the longest unseen first. A tile is never replaced by less than it
 * showed before: until a new state of it is complete, the last complete one stays.
 */
export type TileShelf<Occurrence> = ReadonlyMap<string, TileContent<Occurrence>>;

/** How many tiles are remembered after they left the screen: enough to page back and forth at once. */
const KEPT_TILES = 240;

function samePages<Occurrence>(one: readonly TilePage<Occurrence>[], other: readonly TilePage<Occurrence>[]): boolean {
  return one.length === other.length && one.every((page, index) => page.occurrences === other[index]?.occurrences);
}

function better<Occurrence>(kept: TileContent<Occurrence> | undefined, read: TileContent<Occurrence>): TileContent<Occurrence> {
  if (!kept) return read;
  if (read.status !== "complete" && kept.status === "complete") return kept;
  return kept.status === read.status && samePages(kept.pages, read.pages) ? kept : read;
}

/** The shelf after reading these tiles; the same object when nothing changed. */
export function restock<Occurrence>(
  shelf: TileShelf<Occurrence>,
  reads: readonly { tile: Tile; content: TileContent<Occurrence> }[],
): TileShelf<Occurrence> {
  const changes = reads
    .map(({ tile, content }) => ({ key: tileKey(tile), content: better(shelf.get(tileKey(tile)), content) }))
    .filter(({ key, content }) => shelf.get(key) !== content);
  if (changes.length === 0) return shelf;
  const next = new Map(shelf);
  for (const { key, content } of changes) {
    next.delete(key);
    next.set(key, content);
  }
  const inUse = new Set(reads.map(({ tile }) => tileKey(tile)));
  for (const key of next.keys()) {
    if (next.size <= KEPT_TILES) break;
    if (!inUse.has(key)) next.delete(key);
  }
  return next;
}
