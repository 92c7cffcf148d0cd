import { describe, expect, it } from "vitest";
import { fromEpochDay, toEpochDay } from "../layout/epoch-day";
import { moveDay, standOn } from "./move-day";

function after(from: string, ...keys: string[]): string {
  let at = standOn(toEpochDay(from), 1);
  for (const key of keys) at = moveDay(at, key.replace("Ctrl+", ""), { firstDay: 1, toEdge: key.startsWith("Ctrl+") }) ?? at;
  return fromEpochDay(at.day);
}

describe("moveDay", () => {
  it("goes to the next day, over the ends of months and years", () => {
    expect(after("2026-06-30", "ArrowRight")).toBe("2026-07-01");
    expect(after("2026-01-01", "ArrowLeft")).toBe("2025-12-31");
  });

  it("goes straight up and down: to the same weekday of the next month", () => {
    expect(after("2026-06-11", "ArrowDown")).toBe("2026-07-09");
    expect(after("2026-06-11", "ArrowUp")).toBe("2026-05-07");
  });

  it("stops at the edge of a month that does not reach the column, and keeps the column", () => {
    expect(after("2026-06-01", "ArrowDown")).toBe("2026-07-01");
    expect(after("2026-06-01", "ArrowDown", "ArrowUp")).toBe("2026-06-01");
    expect(after("2026-03-31", "ArrowDown")).toBe("2026-04-30");
    expect(after("2026-03-31", "ArrowDown", "ArrowUp")).toBe("2026-03-31");
  });

  it("goes up and down over the ends of the year", () => {
    expect(after("2026-12-10", "ArrowDown").slice(0, 7)).toBe("2027-01");
    expect(after("2026-01-10", "ArrowUp").slice(0, 7)).toBe("2025-12");
  });

  it("goes to the edges of the month, and of the year", () => {
    expect(after("2024-02-11", "End")).toBe("2024-02-29");
    expect(after("2024-02-11", "Home")).toBe("2024-02-01");
    expect(after("2024-02-11", "Ctrl+Home")).toBe("2024-01-01");
    expect(after("2024-02-11", "Ctrl+End")).toBe("2024-12-31");
  });

  it("turns the year like a page", () => {
    expect(after("2026-06-11", "PageDown")).toBe("2027-06-10");
    expect(after("2026-06-11", "PageUp")).toBe("2025-06-05");
    expect(after("2024-02-29", "PageDown").slice(0, 7)).toBe("2025-02");
  });

  it("leaves other keys alone", () => {
    expect(moveDay(standOn(toEpochDay("2026-06-11"), 1), "a", { firstDay: 1, toEdge: false })).toBeNull();
  });
});
