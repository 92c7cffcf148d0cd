import { describe, expect, it } from "vitest";
import { bareClockTime, clockRange, clockTime, hourLabel, zoneName } from "./clock";

const BRITISH = { locale: "en-GB", timeZone: "UTC" };
const AMERICAN = { locale: "en-US", timeZone: "UTC" };
const at = (time: string) => Date.parse(`2026-06-11T${time}:00Z`);
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("clock", () => {
  it("writes an hour the same alone and in a range", () => {
    expect(clockTime(at("09:00"), BRITISH)).toBe("9:00");
    expect(clockRange(at("09:00"), at("10:30"), BRITISH)).toBe("9:00–10:30");
    expect(clockRange(at("00:00"), at("00:30"), BRITISH)).toBe("0:00–0:30");
  });

  it("names the half of the day once where it is the same", () => {
    expect(plain(clockTime(at("09:00"), AMERICAN))).toBe("9:00 AM");
    expect(plain(clockRange(at("09:00"), at("10:30"), AMERICAN))).toBe("9:00–10:30 AM");
    expect(plain(clockRange(at("11:00"), at("13:00"), AMERICAN))).toBe("11:00 AM–1:00 PM");
  });

  it("has shorter forms for the edge of a day", () => {
    expect([bareClockTime(at("15:07"), BRITISH), bareClockTime(at("15:07"), AMERICAN)]).toEqual(["15:07", "3:07"]);
    expect([hourLabel(at("09:00"), BRITISH), plain(hourLabel(at("15:00"), AMERICAN))]).toEqual(["9:00", "3 PM"]);
  });

  it("names the zone as of the instant", () => {
    const stockholm = { locale: "en-GB", timeZone: "Europe/Stockholm" };
    expect([zoneName(at("12:00"), stockholm), zoneName(Date.parse("2026-01-11"), stockholm)]).toEqual(["CEST", "CET"]);
  });

  it("leaves out the dates of a night", () => {
    expect(clockRange(at("22:00"), at("22:00") + 4 * 3_600_000, BRITISH)).toBe("22:00–2:00");
  });
});
