"use client";

import { useQueries } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useMemo, useState } from "react";
import { api } from "@/convex/_generated/api";
import { rowsOf, type RowOf } from "@/lib/events/columns";
import type { CalendarId } from "../calendars";
import { type Tile, tileKey } from "./tile";
import { type PageRequest, type PageResults, readTile, type TilePage, wantedPages } from "./tile-pages";
import { restock, type TileShelf } from "./tile-shelf";

type Answer = FunctionReturnType<typeof api.events.tiles.month>;
type TileColumns = Answer["occurrences"];

/** One occurrence as the tile query describes it. */
export type TileOccurrence = RowOf<TileColumns>;

export interface TileOccurrences {
  /** Per tile, in the order of the tiles; `occurrences` keeps its identity until it changes. */
  tiles: readonly { tile: Tile<CalendarId>; occurrences: readonly (readonly TileOccurrence[])[] }[];
  /** Some tile has nothing to show yet, or not everything. */
  loading: boolean;
  /** Some tile could not be read. */
  failed: boolean;
}

function queryOf({ tile, cursor }: PageRequest<CalendarId>) {
  return { query: api.events.tiles.month, args: { calendarId: tile.calendarId, month: tile.month, cursor } };
}

const rows = new WeakMap<TileColumns, TileOccurrence[]>();

/** A page with its occurrences in rows: the same ones for the same answer. */
function pageOf({ occurrences: columns, cursor }: Answer): TilePage<TileOccurrence> {
  const occurrences = rows.get(columns) ?? rowsOf(columns);
  rows.set(columns, occurrences);
  return { occurrences, cursor };
}

/**
 * Subscribes to tiles, page by page. What was shown of a tile stays until its new state is complete,
 * and tiles that left the screen are remembered for a while.
 */
export function useTiles(tiles: readonly Tile<CalendarId>[]): TileOccurrences {
  const [requests, setRequests] = useState<readonly PageRequest<CalendarId>[]>([]);
  const [shelf, setShelf] = useState<TileShelf<TileOccurrence>>(new Map());

  const queries = useMemo(() => Object.fromEntries(requests.map((request) => [request.key, queryOf(request)])), [requests]);
  // `useQueries` does not know the type of what it returns.
  const answers: Record<string, Answer | Error | undefined> = useQueries(queries);
  const results: PageResults<TileOccurrence> = Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [key, answer === undefined || answer instanceof Error ? answer : pageOf(answer)]),
  );

  const wanted = wantedPages(tiles, results);
  if (wanted.length !== requests.length || wanted.some((request, index) => request.key !== requests[index]?.key)) {
    setRequests(wanted);
  }
  const restocked = restock(
    shelf,
    tiles.map((tile) => ({ tile, content: readTile(tile, results) })),
  );
  if (restocked !== shelf) setShelf(restocked);

  return useMemo(() => {
    const contents = tiles.map((tile) => ({ tile, content: restocked.get(tileKey(tile)) }));
    return {
      tiles: contents.map(({ tile, content }) => ({ tile, occurrences: content?.pages.map((page) => page.occurrences) ?? [] })),
      loading: contents.some(({ content }) => content?.status === "partial"),
      failed: contents.some(({ content }) => content?.status === "failed"),
    };
  }, [tiles, restocked]);
}
