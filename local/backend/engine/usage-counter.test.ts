import { describe, expect, it } from "vitest";
import { addTable, newCatalog } from "../tables/catalog";
import { newDocumentId } from "../values/document-id";
import { documentKey, metaKey } from "../values/keys";
import { UsageCounter } from "./usage-counter";

describe("UsageCounter", () => {
  it("adds up what the calls of a function read, and the documents that they wrote by table", () => {
    const catalog = newCatalog();
    const notes = addTable(catalog, "notes");
    const counter = new UsageCounter();
    const cost = { documentsRead: 2, databaseQueries: 1, elapsedMs: 0.5 };
    counter.note("m:f", cost, [[documentKey(newDocumentId(notes.number, 1)), "{}"], [metaKey("ts"), "1"]], catalog);
    counter.note("m:f", cost, [[documentKey(newDocumentId(notes.number, 1)), null]], catalog);
    counter.note("m:g", cost, [], catalog);
    expect(counter.report()).toEqual({
      "m:f": { calls: 2, documentsRead: 4, databaseQueries: 2, elapsedMs: 1, written: { notes: 2 } },
      "m:g": { calls: 1, ...cost, written: {} },
    });
    counter.reset();
    expect(counter.report()).toEqual({});
  });
});
