import { describe, expect, it } from "vitest";
import { rowsOf } from "./columns";

describe("rowsOf", () => {
  it("makes a row of the cells that stand at one place", () => {
    expect(rowsOf({ title: ["Lunch", "Dinner"], startAt: [12, 18] })).toEqual([
      { title: "Lunch", startAt: 12 },
      { title: "Dinner", startAt: 18 },
    ]);
  });

  it("finds no row in empty columns, nor without any", () => {
    expect(rowsOf({ title: [], startAt: [] })).toEqual([]);
    expect(rowsOf({})).toEqual([]);
  });
});
