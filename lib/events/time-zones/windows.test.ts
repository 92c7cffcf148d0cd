import { WINDOWS_TO_IANA_MAP } from "windows-iana";
import { describe, expect, it } from "vitest";
import { canonicalTimeZone } from "../time-zone";
import { ZONE_ALIASES } from "./aliases";
import { ianaFromWindows, windowsFromIana } from "./windows";
import { WINDOWS_ZONES } from "./windows-zones";
import { offsetOnceAt } from "../zone-offsets";

describe("the table of Windows zones", () => {
  it("says what CLDR says", () => {
    const defaults = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === "001");
    expect(Object.keys(WINDOWS_ZONES).sort()).toEqual(defaults.map(({ windowsName }) => windowsName).sort());
    for (const { windowsName, territory, iana } of WINDOWS_TO_IANA_MAP) {
      const zones = iana.map((zone) => canonicalTimeZone(zone));
      if (territory === "001") expect(ianaFromWindows(windowsName)).toBe(zones[0]);
      for (const zone of zones) expect(WINDOWS_ZONES[windowsName]?.split(" ")).toContain(zone);
    }
  });

  it("leads from every zone to a Windows zone that keeps it", () => {
    for (const [name, zones] of Object.entries(WINDOWS_ZONES)) {
      for (const zone of zones.split(" ")) expect(windowsFromIana(zone)).toBe(name);
    }
    expect(windowsFromIana("Europe/Oslo")).toBe("W. Europe Standard Time");
    expect(windowsFromIana("Antarctica/Troll")).toBeUndefined();
  });
});

describe("the table of aliases", () => {
  it("never leads to another alias, and every target is a zone of this platform", () => {
    for (const zone of Object.values(ZONE_ALIASES)) {
      expect(ZONE_ALIASES[zone]).toBeUndefined();
      expect(canonicalTimeZone(zone)).toBe(zone);
    }
  });

  it("only joins zones that show the same time today", () => {
    for (const [name, zone] of Object.entries(ZONE_ALIASES)) {
      for (const instant of [Date.UTC(2025, 0, 15), Date.UTC(2025, 6, 15)]) {
        expect([name, offsetOnceAt(instant, zone)]).toEqual([name, offsetOnceAt(instant, name)]);
      }
    }
  });
});
