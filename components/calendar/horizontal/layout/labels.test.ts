import { describe, expect, it } from "vitest";
import { fitLabel } from "./labels";

/** Every letter ten pixels. */
const widthOf = (text: string) => text.length * 10;

describe("fitLabel", () => {
  it("shows a title that fits, whole", () => {
    expect(fitLabel("Porto offsite", 130, widthOf)).toBe("Porto offsite");
  });

  it("else cuts between words, never in one", () => {
    expect(fitLabel("Porto offsite", 129, widthOf)).toBe("Porto");
    expect(fitLabel("Porto offsite", 49, widthOf)).toBe("");
  });

  it("does not end with a word that leads on, or with its punctuation", () => {
    expect(fitLabel("Lunch with Ana", 120, widthOf)).toBe("Lunch");
    expect(fitLabel("Client review: Kontura", 150, widthOf)).toBe("Client review");
    expect(fitLabel("Salary (draft) round two", 150, widthOf)).toBe("Salary (draft)");
  });

  it("shows nothing rather than a scrap", () => {
    expect(fitLabel("On the road again", 60, widthOf)).toBe("");
    expect(fitLabel("1:1 Klara", 40, widthOf)).toBe("");
    expect(fitLabel("Run", 0, widthOf)).toBe("");
  });

  it("shows a short title that fits", () => {
    expect(fitLabel("Run", 30, widthOf)).toBe("Run");
  });
});
