import { describe, expect, it } from "vitest";
import { freshBars } from "./fresh-bars";
import { monthRows } from "./month-rows";
import { monthShape } from "./month-shape";
import { layOutRow } from "./row-layout";
import { anEvent } from "./testing";

const JUNE = monthShape(2026, 5, 1);

function layout(...events: ReturnType<typeof anEvent>[]) {
  return layOutRow(monthRows(events, [JUNE])[0] ?? [], JUNE, { day: 20, widthOf: (text) => text.length * 6 });
}

const A = anEvent("a", "2026-06-02");

describe("freshBars", () => {
  it("names what came and what moved", () => {
    expect([...freshBars(layout(A), layout(A, anEvent("b", "2026-06-20")))]).toEqual(["b"]);
    expect([...freshBars(layout(A), layout(anEvent("a", "2026-06-03")))]).toEqual(["a"]);
  });

  it("says nothing of what only changed its lane, or left", () => {
    const long = anEvent("long", "2026-06-01", "2026-06-09");
    expect(freshBars(layout(A), layout(A, long)).has("a")).toBe(false);
    expect(freshBars(layout(A, long), layout(A)).size).toBe(0);
  });

  it("does not point at many at once", () => {
    const many = Array.from({ length: 9 }, (_, index) => anEvent(`m${index}`, `2026-06-1${index}`));
    expect(freshBars(layout(A), layout(A, ...many)).size).toBe(0);
  });
});
