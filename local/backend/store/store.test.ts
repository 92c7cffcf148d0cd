import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Store } from "./store";

describe("Store", () => {
  let folder: string;
  let store: Store;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "backend-store-"));
    store = Store.open(folder);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("reads half-open ranges both ways, over keys of any bytes", () => {
    const keys = ["a", "a\0", "a\xff", "b", "\xff\xff"];
    store.commit(keys.map((key) => [key, `value of ${key}`]));
    const read = (lo: string, hi: string, reverse?: boolean): string[] => [...store.range([lo, hi], reverse)].map(([key]) => key);
    expect(read("a", "b")).toEqual(["a", "a\0", "a\xff"]);
    expect(read("a", "b", true)).toEqual(["a\xff", "a\0", "a"]);
    expect(read("a\0", "\xff\xff", true)).toEqual(["b", "a\xff", "a\0"]);
    expect(read("c", "c")).toEqual([]);
    expect(store.count(["a", "b"])).toBe(3);
    expect(store.get("a\xff")).toBe("value of a\xff");
  });

  it("deletes with null and keeps what was committed over a reopening", async () => {
    store.commit([["a", "1"], ["b", "2"]]);
    store.commit([["a", null], ["c", "é😀"]]);
    await store.close();
    store = Store.open(folder);
    expect(store.get("a")).toBeUndefined();
    expect(store.get("b")).toBe("2");
    expect(store.get("c")).toBe("é😀");
  });

  it("applies all of a commit or nothing", () => {
    store.commit([["a", "1"]]);
    const tooLong = "x".repeat(4000);
    expect(() => store.commit([["a", "2"], [tooLong, "3"]])).toThrow();
    expect(store.get("a")).toBe("1");
  });
});
