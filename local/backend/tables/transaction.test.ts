import { describe, expect, it } from "vitest";
import { addTable, newCatalog, type Catalog } from "./catalog";
import { hitsRange } from "../values/keys";
import { limits } from "../limits";
import type { SerializedQuery } from "./serialized-query";
import { MemoryStore } from "../testing/memory-store";
import { rowsOf } from "../testing/rows";
import { asDocument, Transaction } from "./transaction";

function world(): { store: MemoryStore; catalog: Catalog; begin: () => Transaction; commit: (transaction: Transaction) => string[] } {
  const store = new MemoryStore();
  const catalog = newCatalog();
  addTable(catalog, "notes").indexes.push({ id: catalog.nextIndexId++, name: "by_owner", fields: ["owner"] });
  let time = 1000;
  return {
    store,
    catalog,
    begin: () => new Transaction(store, catalog, (time += 1)),
    commit: (transaction) => {
      const { writes, touched } = transaction.outcome();
      store.commit(writes);
      return touched;
    },
  };
}

const byOwner = (owner: string, order: "asc" | "desc" = "asc"): SerializedQuery => ({
  source: { type: "IndexRange", indexName: "notes.by_owner", range: [{ type: "Eq", fieldPath: "owner", value: owner }], order },
  operators: [],
});
const bodies = (transaction: Transaction, query: SerializedQuery): unknown[] => rowsOf(transaction, query).map(({ json }) => asDocument(json)["body"]);

describe("Transaction", () => {
  it("sees its own writes merged with the stored ones, in index order both ways", () => {
    const { begin, commit } = world();
    const first = begin();
    const stored = first.insert("notes", { owner: "a", body: "1" });
    const gone = first.insert("notes", { owner: "a", body: "2" });
    first.insert("notes", { owner: "b", body: "other" });
    commit(first);
    const second = begin();
    second.insert("notes", { owner: "a", body: "3" });
    second.remove(gone);
    expect(bodies(second, byOwner("a"))).toEqual(["1", "3"]);
    second.patch(stored, { owner: "b" });
    expect(bodies(second, byOwner("a", "desc"))).toEqual(["3"]);
    expect(bodies(second, byOwner("b"))).toEqual(["1", "other"]);
  });

  it("takes back to a savepoint exactly what came after it", () => {
    const { begin, catalog } = world();
    const transaction = begin();
    const kept = transaction.insert("notes", { owner: "a", body: "kept" });
    const savepoint = transaction.savepoint();
    transaction.patch(kept, { body: "changed" });
    transaction.insert("notes", { owner: "a", body: "dropped" });
    transaction.insert("fresh", { any: 1 });
    transaction.rollback(savepoint);
    expect(bodies(transaction, byOwner("a"))).toEqual(["kept"]);
    expect(catalog.tables["fresh"]).toBeUndefined();
    expect(transaction.outcome().newTables).toEqual([]);
    const numbers = { table: catalog.nextTableNumber, index: catalog.nextIndexId };
    transaction.insert("another", { any: 1 });
    expect(transaction.outcome().newTables).toMatchObject([{ name: "another", number: numbers.table, indexes: [{ id: numbers.index }] }]);
  });

  it("puts on record only as far as a query read", () => {
    const { begin, commit } = world();
    const setup = begin();
    const ids = ["1", "2", "3"].map((body) => setup.insert("notes", { owner: "a", body }));
    commit(setup);
    const reader = begin();
    rowsOf(reader, { ...byOwner("a"), operators: [{ limit: 1 }] });
    const touching = (id: string | undefined): boolean => {
      const writer = begin();
      writer.patch(id ?? "", { body: "new" });
      const touched = writer.outcome().touched;
      return reader.outcome().reads.some((range) => hitsRange(touched, range));
    };
    expect(touching(ids[0])).toBe(true);
    expect(touching(ids[2])).toBe(false);
  });

  it("notices a document that enters a range read to its end", () => {
    const { begin } = world();
    const reader = begin();
    expect(bodies(reader, byOwner("a"))).toEqual([]);
    const writer = begin();
    writer.insert("notes", { owner: "a", body: "new" });
    const other = begin();
    other.insert("notes", { owner: "b", body: "new" });
    const hits = (touched: string[]): boolean => reader.outcome().reads.some((range) => hitsRange(touched, range));
    expect(hits(writer.outcome().touched)).toBe(true);
    expect(hits(other.outcome().touched)).toBe(false);
  });

  it("gives documents of one transaction rising creation times", () => {
    const { begin } = world();
    const transaction = begin();
    const times = [1, 2, 3].map(() => asDocument(transaction.get(transaction.insert("notes", { owner: "a" })) ?? "{}")["_creationTime"] as number);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(new Set(times).size).toBe(3);
  });

  it("refuses what the real backend refuses to store", () => {
    const { begin } = world();
    const transaction = begin();
    expect(() => transaction.insert("notes", { _hidden: 1 })).toThrow(/reserved/);
    expect(() => transaction.insert("notes", { "naïve": 1 })).toThrow(/ASCII/);
    expect(() => transaction.insert("notes", { list: Array.from({ length: limits.arrayItems + 1 }, () => 0) })).toThrow(/too long/);
    expect(() => transaction.insert("notes", { text: "x".repeat(limits.documentBytes) })).toThrow(/too large/);
    expect(() => transaction.remove("nonsense")).toThrow(/not an id/);
  });

  it("stops at the limits of a transaction", () => {
    const { begin, commit } = world();
    const writer = begin();
    for (let i = 0; i < limits.documentsWritten; i++) writer.insert("bulk", { i });
    expect(() => writer.insert("bulk", { i: 0 })).toThrow(/Too many writes/);
    // 25 documents of 900,000 bytes each in their own measure, whatever their text takes as JSON.
    const bytes = begin();
    const text = "é".repeat(450_000);
    expect(() => Array.from({ length: 25 }, () => bytes.insert("bulk", { text }))).toThrow(/Too many bytes written/);
    const ranges = begin();
    for (let i = 0; i < limits.rangesRead; i++) ranges.recordRead({ lo: "a", hi: "b" });
    expect(() => ranges.recordRead({ lo: "a", hi: "b" })).toThrow(/Too many reads/);
    void commit;
  });

  it("checks documents of the tables that the schema has against their validators, and leaves others alone", () => {
    const { begin, catalog } = world();
    const notes = catalog.tables["notes"];
    if (notes === undefined) throw new Error("the world has notes");
    notes.validator = { type: "object", value: { owner: { fieldType: { type: "string" }, optional: false } } };
    const transaction = begin();
    expect(() => transaction.insert("notes", { owner: 5 })).toThrow(/does not match the schema[\s\S]*\.owner/);
    expect(() => transaction.insert("notes", { owner: "a", extra: 1 })).toThrow(/extra field `extra`/);
    const elsewhere = transaction.insert("elsewhere", { any: 1 });
    expect(transaction.get(elsewhere)).toContain('"any":1');
  });

  it("has tables that are called as what every object has", () => {
    const transaction = world().begin();
    expect(transaction.table("constructor")).toBeUndefined();
    expect(transaction.get(transaction.insert("constructor", { any: 1 }))).toContain('"any":1');
  });
});
