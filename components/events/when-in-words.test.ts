import { describe, expect, it } from "vitest";
import { durationInWords, type When, whenInWords } from "./when-in-words";

const READER = { locale: "en-GB", timeZone: "Europe/Stockholm", eventTimeZone: "Europe/Stockholm", today: "2026-06-11" };

/** Spaces, commas and leading zeros differ between versions of ICU; nothing here depends on them. */
function plain(text: string | null): string | null {
  return text?.replaceAll(/[\u2009\u202f\u00a0]/g, " ").replaceAll(",", "").replaceAll(/\b0(?=\d:)/g, "") ?? null;
}

function zoned(start: string, end: string): When {
  return { kind: "zoned", startAt: Date.parse(start), endAt: Date.parse(end) };
}

function allDay(start: string, end: string): When {
  return { kind: "date", startAt: Date.parse(start), endAt: Date.parse(end) };
}

describe("whenInWords", () => {
  it("says the day, the hours and the length", () => {
    const words = whenInWords(zoned("2026-06-11T09:00:00Z", "2026-06-11T10:30:00Z"), READER);
    expect(plain(words.days)).toBe("Thursday 11 June 2026");
    expect(plain(words.hours)).toBe("11:00–12:30 · 1 h 30 min");
    expect(words).toMatchObject({ distance: "today", elsewhere: null });
  });

  it("counts all-day days without the exclusive end", () => {
    const single = whenInWords(allDay("2026-06-11", "2026-06-12"), READER);
    expect([plain(single.days), single.hours]).toEqual(["Thursday 11 June 2026", "All day"]);
    const offsite = whenInWords(allDay("2026-06-22", "2026-06-27"), READER);
    expect(plain(offsite.days)).toMatch(/^Mon 22 (June )?– Fri 26 June 2026$/);
    expect(offsite).toMatchObject({ hours: "All day · 5 days", distance: "in 11 days" });
  });

  it("keeps an all-day date wherever the reader is", () => {
    const words = whenInWords(allDay("2026-06-11", "2026-06-12"), { ...READER, timeZone: "Pacific/Honolulu" });
    expect(plain(words.days)).toBe("Thursday 11 June 2026");
  });

  it("adds the hours of the event's own zone when its clock differs", () => {
    const call = zoned("2026-06-11T06:00:00Z", "2026-06-11T07:00:00Z");
    expect(plain(whenInWords(call, { ...READER, eventTimeZone: "Asia/Tokyo" }).elsewhere)).toBe("15:00–16:00 in Tokyo (GMT+9)");
    expect(whenInWords(call, { ...READER, eventTimeZone: "Europe/Paris" }).elsewhere).toBeNull();
    expect(plain(whenInWords(call, { ...READER, eventTimeZone: "America/Los_Angeles" }).elsewhere)).toBe(
      "Wed 23:00–0:00 in Los Angeles (GMT-7)",
    );
  });

  it("reads a floating time as wall time, not as UTC", () => {
    const floating: When = { kind: "floating", startAt: Date.parse("2026-06-12T08:00:00Z"), endAt: Date.parse("2026-06-12T08:30:00Z") };
    const words = whenInWords(floating, { ...READER, timeZone: "America/New_York" });
    expect(plain(words.hours)).toBe("8:00–8:30 · 30 min");
    expect(words.distance).toBe("tomorrow");
    expect(words.elsewhere).toMatch(/every time zone/);
  });

  it("names both days of a night, but only one of an evening that ends at midnight", () => {
    expect(plain(whenInWords(zoned("2026-06-11T20:00:00Z", "2026-06-11T23:00:00Z"), READER).hours)).toMatch(/11 Jun.*22:00 – Fri.*12 Jun.*1:00 · 3 h/);
    const evening = whenInWords(zoned("2026-06-11T20:00:00Z", "2026-06-11T22:00:00Z"), READER);
    expect(plain(evening.days)).toBe("Thursday 11 June 2026");
    expect(plain(evening.hours)).toBe("22:00–0:00 · 2 h");
  });

  it("says one time for an event without length", () => {
    expect(plain(whenInWords(zoned("2026-06-11T09:00:00Z", "2026-06-11T09:00:00Z"), READER).hours)).toBe("11:00");
  });
});

describe("durationInWords", () => {
  it("uses at most two units", () => {
    expect([15, 60, 90, 1440, 1500, 4321].map((minutes) => durationInWords(minutes * 60_000))).toEqual([
      "15 min",
      "1 h",
      "1 h 30 min",
      "1 day",
      "1 day 1 h",
      "3 days 1 min",
    ]);
  });
});
