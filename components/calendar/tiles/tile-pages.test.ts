import { describe, expect, it } from "vitest";
import { type PageResults, readTile, wantedPages } from "./tile-pages";

const JUNE = { calendarId: "work", month: "2026-06" };
const JULY = { calendarId: "work", month: "2026-07" };
const keys = (results: PageResults<string>) => wantedPages([JUNE], results).map((request) => request.key);
const [first = ""] = keys({});

describe("wantedPages", () => {
  it("begins with the first page of each tile", () => {
    expect(wantedPages([JUNE, JULY], {}).map((request) => [request.tile.month, request.cursor])).toEqual([
      ["2026-06", null],
      ["2026-07", null],
    ]);
  });

  it("follows the cursor of a page that has been read, and keeps the page", () => {
    const results = { [first]: { occurrences: ["a"], cursor: "next" } };
    expect(wantedPages([JUNE], results).map((request) => request.cursor)).toEqual([null, "next"]);
  });

  it("drops a page whose cursor no other page leads to any more", () => {
    const second = keys({ [first]: { occurrences: [], cursor: "old" } }).at(-1) ?? "";
    const moved = { [first]: { occurrences: [], cursor: "new" }, [second]: { occurrences: ["x"], cursor: null } };
    expect(keys(moved)).not.toContain(second);
  });

  it("ends even if a cursor leads back to itself", () => {
    const looping = { occurrences: [], cursor: "again" };
    const second = keys({ [first]: looping }).at(-1) ?? "";
    expect(keys({ [first]: looping, [second]: looping }).length).toBeLessThanOrEqual(200);
  });
});

describe("readTile", () => {
  it("is partial until the last page is there", () => {
    expect(readTile(JUNE, {}).status).toBe("partial");
    const one = { [first]: { occurrences: ["a"], cursor: "next" } };
    expect(readTile(JUNE, one)).toMatchObject({ status: "partial", pages: [{ occurrences: ["a"] }] });
    const second = keys(one).at(-1) ?? "";
    expect(readTile(JUNE, { ...one, [second]: { occurrences: ["b"], cursor: null } }).status).toBe("complete");
  });

  it("fails with a page that failed, and keeps those before it", () => {
    const one = { [first]: { occurrences: ["a"], cursor: "next" } };
    const second = keys(one).at(-1) ?? "";
    expect(readTile(JUNE, { ...one, [second]: new Error("no") })).toMatchObject({ status: "failed", pages: [{ occurrences: ["a"] }] });
  });
});
