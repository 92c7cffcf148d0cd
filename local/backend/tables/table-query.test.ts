import { beforeEach, describe, expect, it } from "vitest";
import { addTable, ID_INDEX, newCatalog } from "./catalog";
import { encodeInt64, type Encoded } from "../values/encoded-value";
import type { SerializedQuery } from "./serialized-query";
import { readPage, type Page } from "./table-query";
import { MemoryStore } from "../testing/memory-store";
import { rowsOf } from "../testing/rows";
import { asDocument, Transaction } from "./transaction";

let transaction: Transaction;
beforeEach(() => {
  const catalog = newCatalog();
  addTable(catalog, "items").indexes.push({ id: catalog.nextIndexId++, name: "by_kind_rank", fields: ["kind", "rank"] });
  transaction = new Transaction(new MemoryStore(), catalog, 1);
  for (let rank = 0; rank < 10; rank++) transaction.insert("items", { kind: rank % 2 === 0 ? "even" : "odd", rank });
});

type Range = { type: "Eq" | "Gt" | "Gte" | "Lt" | "Lte"; fieldPath: string; value: Encoded }[];
const query = (range: Range, order: "asc" | "desc" = "asc", operators: SerializedQuery["operators"] = []): SerializedQuery => ({
  source: { type: "IndexRange", indexName: "items.by_kind_rank", range, order },
  operators,
});
const ranks = (asked: SerializedQuery): unknown[] => rowsOf(transaction, asked).map(({ json }) => asDocument(json)["rank"]);
const even = { type: "Eq", fieldPath: "kind", value: "even" } as const;

describe("index ranges", () => {
  it("take every bound as it is meant", () => {
    const rank = (type: Range[number]["type"], value: number): Range[number] => ({ type, fieldPath: "rank", value });
    expect(ranks(query([even]))).toEqual([0, 2, 4, 6, 8]);
    expect(ranks(query([even, rank("Gt", 2)]))).toEqual([4, 6, 8]);
    expect(ranks(query([even, rank("Gte", 2), rank("Lt", 6)]))).toEqual([2, 4]);
    expect(ranks(query([even, rank("Lte", 6)], "desc"))).toEqual([6, 4, 2, 0]);
    expect(ranks(query([even, rank("Eq", 4)]))).toEqual([4]);
    expect(ranks(query([], "desc"))).toEqual([9, 7, 5, 3, 1, 8, 6, 4, 2, 0]);
  });

  it("refuse fields out of order and indexes that are not there", () => {
    expect(() => ranks(query([{ type: "Eq", fieldPath: "rank", value: 1 }]))).toThrow('Tried to query index items.by_kind_rank but the query didn\'t use the index fields in order.\nIndex fields: ["kind", "rank", "_creationTime"]\nQuery fields: ["rank"]\nFirst incorrect field: "rank"');
    expect(() => ranks(query([{ type: "Eq", fieldPath: "colour", value: 1 }]))).toThrow('The index range included a comparison with "colour", but items.by_kind_rank with fields ["kind", "rank", "_creationTime"] doesn\'t index this field.');
    expect(() => ranks({ source: { type: "IndexRange", indexName: "items.nope", range: [], order: null }, operators: [] })).toThrow(/not found/);
  });

  it("of ids hold no documents of another component, though its table has the same number", () => {
    const { catalog } = transaction;
    const items = catalog.tables["items"];
    const others = addTable(catalog, "part/items", items?.number);
    const [own, foreign] = [transaction.insert("items", { kind: "own", rank: 10 }), transaction.insert("part/items", { kind: "foreign" })];
    const byId = (table: string): unknown[] =>
      rowsOf(transaction, { source: { type: "IndexRange", indexName: `${table}.${ID_INDEX}`, range: [], order: null }, operators: [] }).map(({ json }) => asDocument(json)["kind"]);
    expect(byId("part/items")).toEqual(["foreign"]);
    expect(byId("items")).toHaveLength(11);
    expect(transaction.tableOf(own, "part")).toBe(items);
    expect(transaction.tableOf(foreign, "")).toBe(others);
    transaction.remove(foreign);
    expect(transaction.tableOf(foreign, "part")).toBe(others);
    expect(byId("part/items")).toEqual([]);
  });
});

describe("operators", () => {
  it("apply filters and limits in the order they were chained", () => {
    const big: Encoded = { $gt: [{ $field: "rank" }, { $literal: 3 }] };
    expect(ranks(query([even], "asc", [{ filter: big }, { limit: 2 }]))).toEqual([4, 6]);
    expect(ranks(query([even], "asc", [{ limit: 2 }, { filter: big }]))).toEqual([]);
    expect(ranks(query([even], "asc", [{ limit: 0 }]))).toEqual([]);
  });

  it("evaluate arithmetic, logic and missing fields as Convex does", () => {
    const passing = (filter: Encoded): unknown[] => ranks(query([], "asc", [{ filter }]));
    expect(passing({ $eq: [{ $mod: [{ $field: "rank" }, { $literal: 5 }] }, { $literal: 2 }] })).toEqual([2, 7]);
    expect(passing({ $and: [{ $not: { $eq: [{ $field: "kind" }, { $literal: "odd" }] } }, { $gte: [{ $field: "rank" }, { $literal: 6 }] }] })).toEqual([6, 8]);
    expect(passing({ $eq: [{ $field: "absent" }, { $literal: { $undefined: null } }] })).toHaveLength(10);
    expect(passing({ $eq: [{ $field: "absent" }, { $literal: null }] })).toHaveLength(0);
  });
});

describe("arithmetic in filters", () => {
  const int = (value: bigint): Encoded => ({ $literal: encodeInt64(value) });
  const passing = (filter: Encoded): number => ranks(query([], "asc", [{ filter }])).length;

  it("negates and divides int64 and float64", () => {
    expect(passing({ $eq: [{ $neg: int(5n) }, int(-5n)] })).toBe(10);
    expect(passing({ $eq: [{ $neg: { $literal: 0.5 } }, { $literal: -0.5 }] })).toBe(10);
    expect(passing({ $eq: [{ $div: [int(7n), int(2n)] }, int(3n)] })).toBe(10);
  });

  it("says what cannot be computed", () => {
    const most = 2n ** 63n - 1n;
    expect(() => passing({ $eq: [{ $add: [int(most), int(1n)] }, int(0n)] })).toThrow("9223372036854775808 does not fit into an int64");
    expect(() => passing({ $eq: [{ $mod: [int(1n), int(0n)] }, int(0n)] })).toThrow("divided by zero");
    expect(() => passing({ $eq: [{ $neg: { $literal: "a" } }, int(0n)] })).toThrow("$neg needs");
  });
});

describe("pages", () => {
  const page = (cursor: string | null, options: { pageSize?: number; endCursor?: string | null; order?: "asc" | "desc"; rows?: number; bytes?: number } = {}): Page =>
    readPage(transaction, query([even], options.order ?? "asc"), { cursor, endCursor: options.endCursor ?? null, pageSize: options.pageSize ?? 2, maximumRowsRead: options.rows ?? null, maximumBytesRead: options.bytes ?? null });
  const ranksOf = ({ rows }: Page): unknown[] => rows.map((json) => asDocument(json)["rank"]);

  it.each(["asc", "desc"] as const)("cover the query once without gap or overlap (%s)", (order) => {
    const seen: unknown[] = [];
    let cursor: string | null = null;
    let rounds = 0;
    for (let isDone = false; !isDone && rounds < 10; rounds++) {
      const next: Page = page(cursor, { order });
      seen.push(...ranksOf(next));
      ({ isDone, continueCursor: cursor } = next);
    }
    expect(seen).toEqual(order === "asc" ? [0, 2, 4, 6, 8] : [8, 6, 4, 2, 0]);
    expect(rounds).toBe(3);
  });

  it("keep their end when rows come in between", () => {
    const first = page(null);
    transaction.insert("items", { kind: "even", rank: 1 });
    expect(ranksOf(page(null, { endCursor: first.continueCursor }))).toEqual([0, 1, 2]);
    expect(ranksOf(page(first.continueCursor))).toEqual([4, 6]);
  });

  it("offer a place to split once they have grown", () => {
    const first = page(null);
    for (let i = 1; i <= 5; i++) transaction.insert("items", { kind: "even", rank: i / 10 });
    const grown = page(null, { endCursor: first.continueCursor });
    expect(grown.pageStatus).toBe("SplitRecommended");
    const head = page(null, { endCursor: grown.splitCursor });
    const tail = page(grown.splitCursor, { endCursor: first.continueCursor });
    expect([...ranksOf(head), ...ranksOf(tail)]).toEqual(ranksOf(grown));
  });

  it.each(["asc", "desc"] as const)("end after as many rows or bytes as may be read, whether they pass or not (%s)", (order) => {
    const rare = query([], order, [{ filter: { $eq: [{ $field: "rank" }, { $literal: 5 }] } }]);
    const read = (most: { rows?: number; bytes?: number }): { rounds: number; found: unknown[] } => {
      const found: unknown[] = [];
      let cursor: string | null = null;
      for (let rounds = 1; ; rounds++) {
        const next: Page = readPage(transaction, rare, { cursor, endCursor: null, pageSize: 5, maximumRowsRead: most.rows ?? null, maximumBytesRead: most.bytes ?? null });
        found.push(...ranksOf(next));
        if (next.isDone) return { rounds, found };
        cursor = next.continueCursor;
      }
    };
    expect(read({ rows: 4 })).toEqual({ rounds: 3, found: [5] });
    expect(read({ bytes: 1 })).toEqual({ rounds: 11, found: [5] });
  });

  it("that end before their end cursor must be split, and nothing is lost", () => {
    const { continueCursor } = page(null, { rows: 2 });
    for (const rank of [0.1, 0.2, 0.3]) transaction.insert("items", { kind: "even", rank });
    const cut = page(null, { rows: 2, endCursor: continueCursor });
    expect(cut).toMatchObject({ pageStatus: "SplitRequired", continueCursor });
    const seen = ranksOf(cut);
    for (let next = cut; next.splitCursor !== null; ) {
      next = page(next.splitCursor, { rows: 2, endCursor: continueCursor });
      seen.push(...ranksOf(next));
    }
    expect(seen).toEqual([0, 0.1, 0.2, 0.3, 2]);
  });

  it("refuse the cursor of another query", () => {
    const { continueCursor } = page(null);
    expect(() => readPage(transaction, query([]), { cursor: continueCursor, endCursor: null, pageSize: 2, maximumRowsRead: null, maximumBytesRead: null })).toThrow(/different query/);
    expect(() => page("nonsense")).toThrow(/different query/);
  });
});
