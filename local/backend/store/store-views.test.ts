import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CATALOG, metaKey } from "../values/keys";
import { addTable, newCatalog, type Catalog } from "../tables/catalog";
import { Store, type Write } from "./store";
import { StoreViews, type PendingWrites } from "./store-views";

let folder: string;
let writer: Store;
let views: StoreViews;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backend-views-"));
  writer = Store.open(folder);
  views = new StoreViews(Store.open(folder));
});
afterEach(async () => {
  await views.close();
  await writer.close();
  rmSync(folder, { recursive: true, force: true });
});

const commit = (ts: number, ...writes: Write[]): void => writer.commit([...writes, [metaKey("ts"), String(ts)]]);
const withCatalog = (catalog: Catalog, ts: number): Write[] => [[CATALOG, JSON.stringify(catalog)], [metaKey("catalogTs"), String(ts)]];

describe("StoreViews", () => {
  it("shows all that is committed, or, held, what was committed when the first of several began", () => {
    commit(2, ["a", "1"]);
    const held = views.take(true);
    commit(3, ["a", "2"], ["b", "1"]);
    const again = views.take(true);
    expect([again.ts, again.snapshot.get("a"), again.snapshot.get("b"), [...again.snapshot.keys(["a", "c"])]]).toEqual([2, "1", undefined, ["a"]]);
    views.giveBack(held, { newTables: [] });
    views.letGo();
    const now = views.take(false);
    expect([now.ts, now.snapshot.get("a"), [...now.snapshot.keys(["a", "c"], true)]]).toEqual([3, "2", ["b", "a"]]);
    views.giveBack(now, { newTables: [] });
  });

  it("has the catalog of the same moment as the data", () => {
    const catalog = newCatalog();
    addTable(catalog, "first");
    commit(2, ...withCatalog(catalog, 2));
    const held = views.take(true);
    addTable(catalog, "second");
    commit(3, ...withCatalog(catalog, 3));
    expect(Object.keys(views.take(true).catalog.tables)).not.toContain("second");
    expect(held.catalog.tables["first"]).toBeDefined();
    views.letGo();
    expect(views.take(false).catalog.tables["second"]).toBeDefined();
  });

  it("forgets tables of a transaction that may not have been committed", () => {
    commit(2, ...withCatalog(newCatalog(), 2));
    const view = views.take(false);
    const table = addTable(view.catalog, "draft");
    views.giveBack(view, { newTables: [table] });
    expect(views.take(false).catalog.tables["draft"]).toBeUndefined();
  });

  it("shows a commit that is on its way to the disk, whether it has got there or not", () => {
    commit(2, ["a", "1"], ["b", "1"], ["d", "1"]);
    const pending: PendingWrites = { ts: 3, writes: [["a", "2"], ["b", null], ["c", "2"]] };
    const seen = (hold: boolean): unknown => {
      const { ts, snapshot } = views.take(hold, pending);
      return { ts, values: ["a", "b", "c", "d"].map((key) => snapshot.get(key)), keys: [...snapshot.keys(["a", "z"])], reverse: [...snapshot.keys(["a", "c\0"], true)] };
    };
    const expected = { ts: 3, values: ["2", undefined, "2", "1"], keys: ["a", "c", "d"], reverse: ["c", "a"] };
    expect(seen(true)).toEqual(expected);
    commit(3, ...pending.writes);
    commit(4, ["d", null]);
    expect(seen(true)).toEqual(expected);
    views.letGo();
    expect(seen(false)).toEqual({ ...expected, ts: 4, values: ["2", undefined, "2", undefined], keys: ["a", "c"] });
  });
});
