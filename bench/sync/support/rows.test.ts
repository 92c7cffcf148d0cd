import { describe, expect, it } from "vitest";
import { spread } from "./rows";

describe("spread", () => {
  it("names the values below which half, 95 and 99 of a hundred lie, whatever their order", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(spread("x", "ms", values).map(({ name, ours }) => [name, ours])).toEqual([["x p50", 51], ["x p95", 96], ["x p99", 100]]);
  });
});
