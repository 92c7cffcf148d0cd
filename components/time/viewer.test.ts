import { describe, expect, it } from "vitest";
import { englishLocale, firstDayOfWeek } from "./viewer";

describe("englishLocale", () => {
  it("keeps an English viewer's own habits", () => {
    expect(englishLocale("en-US")).toBe("en-US");
    expect(englishLocale("en")).toBe("en");
  });

  it("speaks British English to others, with their clock", () => {
    expect(englishLocale("sv-SE")).toBe("en-GB");
    expect(new Intl.DateTimeFormat(englishLocale("hi-IN"), { hour: "numeric" }).resolvedOptions().hour12).toBe(true);
  });
});

describe("firstDayOfWeek", () => {
  it("follows the region", () => {
    expect(firstDayOfWeek("en-US")).toBe(0);
    expect(firstDayOfWeek("sv-SE")).toBe(1);
    expect(firstDayOfWeek("ar-EG")).toBe(6);
  });
});
