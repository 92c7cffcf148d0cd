import { describe, expect, it } from "vitest";
import { changesOfADay } from "./day-plan";

describe("changesOfADay", () => {
  it("has so many of each calendar, in order, within working hours, and the same for the same seed", () => {
    const changes = changesOfADay(10, 12, 1);
    for (let calendar = 0; calendar < 10; calendar += 1) expect(changes.filter((change) => change.calendar === calendar)).toHaveLength(12);
    const minutes = changes.map(({ minute }) => minute);
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b));
    expect(minutes.every((minute) => minute >= 480 && minute < 1_080)).toBe(true);
    expect(changesOfADay(10, 12, 1)).toEqual(changes);
    expect(changesOfADay(10, 12, 2)).not.toEqual(changes);
  });
});
