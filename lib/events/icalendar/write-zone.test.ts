import { describe, expect, it } from "vitest";
import { instantOfWall } from "../time";
import { TWENTY_ZONES } from "../testing/zones";
import { transitionsOf } from "../time-zones/transitions";
import { parseComponents } from "./components";
import { timeZoneLines } from "./write-zone";
import { zoneDefinition } from "./zone-definition";

const DAY_MS = 86_400_000;

function readBack(timeZone: string, fromAt: number) {
  const [component] = parseComponents(timeZoneLines(timeZone, fromAt).join("\r\n")).components;
  const definition = component && zoneDefinition(component);
  if (!definition) throw new Error(`no definition for ${timeZone}`);
  return definition;
}

describe("a VTIMEZONE that we write", () => {
  it.each(TWENTY_ZONES)("of %s says what the platform says, around every clock change and between them", (timeZone) => {
    const from = Date.UTC(2005, 0, 1);
    const definition = readBack(timeZone, from);
    const walls = Array.from({ length: 120 }, (_, index) => from + index * 67 * DAY_MS);
    for (const { at, fromMs } of transitionsOf(timeZone, from, Date.UTC(2030, 0, 1))) {
      walls.push(...[-DAY_MS, -60_000, 0, 30 * 60_000, 90 * 60_000, DAY_MS].map((shift) => at + fromMs + shift));
    }
    for (const wall of walls.filter((each) => each > from + DAY_MS)) {
      expect([timeZone, new Date(wall).toISOString(), definition.instantOf(wall)]).toEqual([
        timeZone, new Date(wall).toISOString(), instantOfWall(wall, timeZone),
      ]);
    }
  });

  it("states what comes every year as a rule without end", () => {
    expect(timeZoneLines("America/New_York", Date.UTC(2026, 5, 1))).toEqual([
      "BEGIN:VTIMEZONE", "TZID:America/New_York",
      "BEGIN:STANDARD", "DTSTART:20251231T190000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0500", "END:STANDARD",
      "BEGIN:DAYLIGHT", "DTSTART:20260308T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "END:DAYLIGHT",
      "BEGIN:STANDARD", "DTSTART:20261101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD",
      "END:VTIMEZONE",
    ]);
    expect(readBack("America/New_York", Date.UTC(2026, 5, 1)).instantOf(Date.UTC(2090, 6, 1, 9))).toBe(Date.UTC(2090, 6, 1, 13));
  });

  it("has one observance where clocks never change", () => {
    expect(timeZoneLines("Asia/Kolkata", Date.UTC(2026, 0, 1)).filter((line) => line.startsWith("BEGIN:"))).toEqual(["BEGIN:VTIMEZONE", "BEGIN:STANDARD"]);
  });
});
