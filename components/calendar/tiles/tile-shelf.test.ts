import { describe, expect, it } from "vitest";
import type { TileContent } from "./tile-pages";
import { restock, type TileShelf } from "./tile-shelf";

const JUNE = { calendarId: "work", month: "2026-06" };
const EMPTY: TileShelf<string> = new Map();
const page = (...occurrences: string[]) => ({ occurrences, cursor: null });
const complete = (...occurrences: string[]): TileContent<string> => ({ pages: [page(...occurrences)], status: "complete" });
const loading: TileContent<string> = { pages: [], status: "partial" };

function shown(shelf: TileShelf<string>): string[] {
  return [...shelf.values()].flatMap((content) => content.pages.flatMap((each) => each.occurrences));
}

describe("restock", () => {
  it("shows what has arrived of a tile that was never complete", () => {
    const partial: TileContent<string> = { pages: [page("a")], status: "partial" };
    expect(shown(restock(EMPTY, [{ tile: JUNE, content: partial }]))).toEqual(["a"]);
  });

  it("keeps the old events of a tile while it is read again", () => {
    const shelf = restock(EMPTY, [{ tile: JUNE, content: complete("a", "b") }]);
    expect(shown(restock(shelf, [{ tile: JUNE, content: loading }]))).toEqual(["a", "b"]);
  });

  it("takes the new state once it is complete, even if it has fewer events", () => {
    const shelf = restock(EMPTY, [{ tile: JUNE, content: complete("a", "b") }]);
    expect(shown(restock(shelf, [{ tile: JUNE, content: complete("b") }]))).toEqual(["b"]);
  });

  it("is the same object when nothing changed, so that nothing renders", () => {
    const content = complete("a");
    const shelf = restock(EMPTY, [{ tile: JUNE, content }]);
    expect(restock(shelf, [{ tile: JUNE, content: { ...content, pages: [...content.pages] } }])).toBe(shelf);
  });

  it("forgets the longest unseen tiles, never those in use", () => {
    const reads = Array.from({ length: 300 }, (_, index) => ({ tile: { calendarId: `c${index}`, month: "2026-06" }, content: complete("x") }));
    expect(restock(EMPTY, reads).size).toBe(300);
    const later = restock(restock(EMPTY, reads.slice(0, 200)), reads.slice(200));
    expect(later.size).toBe(240);
    expect(later.has("c0 2026-06")).toBe(false);
    expect(later.has("c299 2026-06")).toBe(true);
  });
});
