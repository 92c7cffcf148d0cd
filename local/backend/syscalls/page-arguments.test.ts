import { describe, expect, it } from "vitest";
import type { EncodedObject } from "../values/encoded-value";
import { pageArguments } from "./page-arguments";

const query: EncodedObject = { source: { type: "FullTableScan", tableName: "notes", order: null }, operators: [] };

describe("the arguments of a page", () => {
  it("are taken as the package sends them", () => {
    expect(pageArguments({ query, cursor: null, endCursor: null, pageSize: 5, maximumRowsRead: null, version: "1" })).toEqual({ query, cursor: null, endCursor: null, pageSize: 5, maximumRowsRead: null, maximumBytesRead: null });
    expect(pageArguments({ query, cursor: "a", pageSize: 1, maximumRowsRead: 9, maximumBytesRead: 99 })).toEqual({ query, cursor: "a", endCursor: null, pageSize: 1, maximumRowsRead: 9, maximumBytesRead: 99 });
  });

  it("are refused, with what is wrong, when they are anything else", () => {
    const good = { query, cursor: null, pageSize: 5 };
    expect(() => pageArguments([])).toThrow("Malformed arguments");
    expect(() => pageArguments({ ...good, query: {} })).toThrow("Malformed query");
    expect(() => pageArguments({ ...good, cursor: 5 })).toThrow("`cursor`");
    expect(() => pageArguments({ ...good, endCursor: {} })).toThrow("`endCursor`");
    expect(() => pageArguments({ ...good, pageSize: "5" })).toThrow("`pageSize`");
    for (const pageSize of [1.5, -1]) expect(() => pageArguments({ ...good, pageSize })).toThrow("`pageSize`");
    expect(() => pageArguments({ ...good, pageSize: 0 })).toThrow("at least 1 document");
    expect(() => pageArguments({ ...good, maximumRowsRead: 0 })).toThrow("greater than 0");
    expect(() => pageArguments({ ...good, maximumBytesRead: 0 })).toThrow("greater than 0");
    expect(() => pageArguments({ ...good, maximumBytesRead: {} })).toThrow("`maximumBytesRead`");
    expect(() => pageArguments({ ...good, maximumRowsRead: true })).toThrow("`maximumRowsRead`");
  });
});
