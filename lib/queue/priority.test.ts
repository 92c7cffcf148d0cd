import { describe, expect, it } from "vitest";
import { JOB_PRIORITIES } from "./job";
import { claimOrderAt } from "./priority";

describe("claim order", () => {
  it("puts the more urgent of two equal jobs first", () => {
    const order = JOB_PRIORITIES.map((priority) => claimOrderAt(1_000, priority));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
    expect(order[0]).toBe(1_000);
  });

  it("lets a low job that has waited pass a critical one that comes later", () => {
    expect(claimOrderAt(0, "low")).toBeLessThan(claimOrderAt(10 * 60_000, "critical"));
  });
});
