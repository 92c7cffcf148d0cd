import { describe, expect, it } from "vitest";
import { asSerializedQuery } from "./serialized-query";

const scan = { type: "FullTableScan", tableName: "notes", order: null };
const range = { type: "IndexRange", indexName: "notes.by_rank", range: [{ type: "Gte", fieldPath: "rank", value: { $integer: "AQAAAAAAAAA=" } }], order: "desc" };

describe("a query as it is sent", () => {
  it.each([
    ["a scan", { source: scan, operators: [] }],
    ["a range with a limit and a filter", { source: range, operators: [{ limit: 50 }, { filter: { $eq: [{ $field: "done" }, { $literal: false }] } }] }],
    ["a filter that is null", { source: scan, operators: [{ filter: null }] }],
    ["a search", { source: { type: "Search", indexName: "notes.by_text", filters: [] }, operators: [] }],
  ])("is taken when it is %s", (_what, query) => {
    expect(asSerializedQuery(query)).toEqual(query);
  });

  it.each([
    ["nothing", undefined],
    ["a list", [scan]],
    ["of no source", { operators: [] }],
    ["of an unknown source", { source: { ...scan, type: "Guess" }, operators: [] }],
    ["of no table", { source: { type: "FullTableScan", order: null }, operators: [] }],
    ["in an unknown order", { source: { ...scan, order: "random" }, operators: [] }],
    ["in no order", { source: { type: "FullTableScan", tableName: "notes" }, operators: [] }],
    ["with an unknown comparison", { source: { ...range, range: [{ type: "Like", fieldPath: "rank", value: 1 }] }, operators: [] }],
    ["with a comparison to nothing", { source: { ...range, range: [{ type: "Eq", fieldPath: "rank" }] }, operators: [] }],
    ["without operators", { source: scan }],
    ["with an unknown operator", { source: scan, operators: [{ skip: 1 }] }],
    ["with a limit that is no number", { source: scan, operators: [{ limit: "50" }] }],
  ])("is refused when it is %s", (_what, query) => {
    expect(() => asSerializedQuery(query)).toThrow("Malformed query");
  });
});
