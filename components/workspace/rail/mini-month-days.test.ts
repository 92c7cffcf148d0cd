import { describe, expect, it } from "vitest";
import { dayByKey, miniMonthWeeks } from "./mini-month-days";

const OPTIONS = { firstDay: 1, today: "2026-06-11", range: { start: "2026-06-08", end: "2026-06-15" } };

describe("miniMonthWeeks", () => {
  it("always has six weeks, from the viewer's first day on", () => {
    const weeks = miniMonthWeeks("2027-02-10", OPTIONS);
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]?.date).toBe("2027-02-01");
    expect(miniMonthWeeks("2026-06-11", { ...OPTIONS, firstDay: 0 })[0]?.[0]?.date).toBe("2026-05-31");
  });

  it("marks today, the visible days and the days of other months", () => {
    const days = miniMonthWeeks("2026-06-11", OPTIONS).flat();
    expect(days.filter((day) => day.isToday).map((day) => day.date)).toEqual(["2026-06-11"]);
    expect(days.filter((day) => day.isInRange)).toHaveLength(7);
    expect(days.filter((day) => day.isOutside).at(0)?.date).toBe("2026-07-01");
  });
});

describe("dayByKey", () => {
  it("moves by day, week, edge of the week and month", () => {
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];
    expect(keys.map((key) => dayByKey(key, "2026-06-11", 1))).toEqual([
      "2026-06-10",
      "2026-06-12",
      "2026-06-04",
      "2026-06-18",
      "2026-06-08",
      "2026-06-14",
      "2026-05-11",
      "2026-07-11",
    ]);
    expect(dayByKey("x", "2026-06-11", 1)).toBeNull();
  });
});
