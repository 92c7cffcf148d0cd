import { describe, expect, it } from "vitest";
import { canonicalTimeZone, timeZoneFromTzid } from "./time-zone";

describe("canonicalTimeZone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["europe/kyiv", "Europe/Kyiv"],
    ["Iceland", "Atlantic/Reykjavik"],
    ["Europe/Oslo", "Europe/Oslo"],
    ["GB", "Europe/London"],
    ["america/godthab", "America/Nuuk"],
    ["Pacific/Enderbury", "Pacific/Kanton"],
    ["US/Pacific", "America/Los_Angeles"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["America/Port-au-Prince", "America/Port-au-Prince"],
    ["UTC", "UTC"], ["Etc/UTC", "UTC"], ["GMT", "UTC"], ["Z", "UTC"], ["Etc/GMT", "UTC"],
  ])("%s is stored as %s", (name, id) => expect(canonicalTimeZone(name)).toBe(id));

  it.each(["+02:00", "-0500", "Mars/Olympus", "", "Pacific Standard Time", "Europe/Berlin\r\nX", "a".repeat(100)])("%j is no zone", (name) => {
    expect(canonicalTimeZone(name)).toBeNull();
  });
});

describe("timeZoneFromTzid", () => {
  it.each([
    ["/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"],
    ["/freeassociation.sourceforge.net/America/Argentina/Salta", "America/Argentina/Salta"],
    ["/mozilla.org/20050126_1/Asia/Tokyo", "Asia/Tokyo"],
    ["/citadel.org/20190914_1/Australia/Sydney", "Australia/Sydney"],
    ['"Europe/Paris"', "Europe/Paris"],
    ["W. Europe Standard Time", "Europe/Berlin"],
    ["eastern standard time", "America/New_York"],
    ["FLE Standard Time", "Europe/Kyiv"],
  ])("%s means %s", (tzid, id) => expect(timeZoneFromTzid(tzid)).toBe(id));

  it("does not guess", () => {
    expect(timeZoneFromTzid("Customized Time Zone")).toBeNull();
    expect(timeZoneFromTzid("tzone://Microsoft/Custom")).toBeNull();
  });
});
