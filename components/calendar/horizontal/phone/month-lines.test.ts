import { describe, expect, it } from "vitest";
import { toEpochDay } from "../layout/epoch-day";
import { monthShape } from "../layout/month-shape";
import { anEvent } from "../layout/testing";
import { lineDate } from "./line-date";
import { LINES_NOW, monthLines } from "./month-lines";

const JUNE = monthShape(2026, 5, 1);
const JULY = monthShape(2026, 6, 1);
const TODAY = toEpochDay("2026-06-11");

function titles(events: ReturnType<typeof anEvent>[], shape = JUNE): string[] {
  return monthLines(events, shape, TODAY).map(({ event }) => event.title);
}

describe("monthLines", () => {
  it("says what comes next in the month of today", () => {
    const events = [anEvent("later", "2026-06-20"), anEvent("over", "2026-06-03"), anEvent("now", "2026-06-11"), anEvent("running", "2026-06-08", "2026-06-12")];
    expect(titles(events)).toEqual(["running", "now", "later"]);
    expect(titles(Array.from({ length: 30 }, (_, index) => anEvent(`e${index}`, "2026-06-15")))).toHaveLength(LINES_NOW);
  });

  it("says the longest of another month, in its order", () => {
    const events = [
      anEvent("from June", "2026-06-20", "2026-07-20"),
      anEvent("day", "2026-07-01"),
      anEvent("two", "2026-07-02", "2026-07-03"),
      anEvent("house", "2026-07-04", "2026-07-25"),
      anEvent("camp", "2026-07-13", "2026-07-17"),
      anEvent("guests", "2026-07-27", "2026-07-31"),
    ];
    expect(titles(events, JULY)).toEqual(["house", "camp", "guests"]);
  });

  it("says the first of a month without long ones", () => {
    expect(titles([anEvent("b", "2026-07-09"), anEvent("a", "2026-07-01")], JULY)).toEqual(["a", "b"]);
  });
});

describe("lineDate", () => {
  it("names the month only where it is another one", () => {
    const date = (from: string, to = from) => lineDate(anEvent("a", from, to), JULY, TODAY, "en-GB");
    expect(date("2026-07-13", "2026-07-17")).toBe("13–17");
    expect(date("2026-07-30", "2026-08-02")).toBe("30–2 Aug");
    expect(date("2026-06-28", "2026-07-03")).toBe("28 Jun–3");
    expect(date("2026-07-10")).toBe("Fri 10");
    expect(lineDate(anEvent("a", "2026-06-11"), JUNE, TODAY, "en-GB")).toBe("Today");
  });
});
