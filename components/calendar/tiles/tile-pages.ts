import { type Tile, tileKey } from "./tile";

/** One page of a tile. */
export interface TilePage<Occurrence> {
  occurrences: readonly Occurrence[];
  /** Where the next page begins; null at the end. */
  cursor: string | null;
}

/** One page to subscribe to. `key` names it among all pages. */
export interface PageRequest<CalendarId extends string> {
  key: string;
  tile: Tile<CalendarId>;
  cursor: string | null;
}

/** What is known of each page: its content, nothing yet, or why it failed. */
export type PageResults<Occurrence> = Readonly<Record<string, TilePage<Occurrence> | Error | undefined>>;

export interface TileContent<Occurrence> {
  pages: readonly TilePage<Occurrence>[];
  /**
   * `partial`: more is on its way. `complete`: this is all. `failed`: a page could not be read;
   * `pages` holds those before it.
   */
  status: "partial" | "complete" | "failed";
}

function pageKey(tile: Tile, cursor: string | null): string {
  return `${tileKey(tile)} ${cursor ?? ""}`;
}

/** A server that returned its own cursor again would be followed for ever; no tile has this many pages. */
const MAX_PAGES = 200;

function follow<CalendarId extends string, Occurrence>(tile: Tile<CalendarId>, results: PageResults<Occurrence>) {
  const requests: PageRequest<CalendarId>[] = [];
  const pages: TilePage<Occurrence>[] = [];
  let cursor: string | null = null;
  let status: TileContent<Occurrence>["status"] = "failed";
  while (requests.length < MAX_PAGES) {
    const key = pageKey(tile, cursor);
    requests.push({ key, tile, cursor });
    const result = results[key];
    if (result instanceof Error) break;
    if (result === undefined) {
      status = "partial";
      break;
    }
    pages.push(result);
    if (result.cursor === null) {
      status = "complete";
      break;
    }
    cursor = result.cursor;
  }
  return { requests, content: { pages, status } satisfies TileContent<Occurrence> };
}

/** The pages to subscribe to: the first of each tile, and each one that a page already read leads to. */
export function wantedPages<CalendarId extends string, Occurrence>(
  tiles: readonly Tile<CalendarId>[],
  results: PageResults<Occurrence>,
): PageRequest<CalendarId>[] {
  return tiles.flatMap((tile) => follow(tile, results).requests);
}

/** What is known of a tile so far. */
export function readTile<Occurrence>(tile: Tile, results: PageResults<Occurrence>): TileContent<Occurrence> {
  return follow(tile, results).content;
}
