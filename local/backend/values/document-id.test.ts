import { describe, expect, it } from "vitest";
import { idBounds, ID_LENGTH, newDocumentId, tableNumberOf } from "./document-id";

const NOW = Date.UTC(2026, 0, 1);

describe("document ids", () => {
  it("are 32 characters that name their table", () => {
    for (const number of [9001, 10_001, 16_383]) {
      const id = newDocumentId(number, NOW);
      expect(id).toMatch(/^[0-9a-z]{32}$/);
      expect(id).toHaveLength(ID_LENGTH);
      expect(tableNumberOf(id)).toBe(number);
    }
  });

  it("do not repeat", () => {
    expect(new Set(Array.from({ length: 2000 }, () => newDocumentId(10_001, NOW))).size).toBe(2000);
  });

  it("come in the order of creation, and say nothing of the next one", () => {
    const times = [0, 1, NOW, NOW + 1 / 1024, NOW + 1, Date.UTC(2300, 0, 1)];
    const ids = times.map((time) => newDocumentId(10_001, time));
    expect([...ids].sort()).toEqual(ids);
    expect(newDocumentId(10_001, NOW).slice(14)).not.toBe(newDocumentId(10_001, NOW).slice(14));
  });

  it("are refused when a character is changed, or is none of the alphabet", () => {
    const id = newDocumentId(10_001, NOW);
    const changed = (id[5] === "0" ? "1" : "0") as string;
    expect(tableNumberOf(id.slice(0, 5) + changed + id.slice(6))).toBeNull();
    expect(tableNumberOf("u".repeat(32))).toBeNull();
    expect(tableNumberOf("")).toBeNull();
  });

  it("lie between the bounds of their table and of no other", () => {
    const [lo, hi] = idBounds(10_001);
    for (let i = 0; i < 100; i++) {
      const own = newDocumentId(10_001, NOW);
      expect(own >= lo && own < hi).toBe(true);
      const other = newDocumentId(10_002, NOW);
      expect(other >= lo && other < hi).toBe(false);
    }
  });
});
