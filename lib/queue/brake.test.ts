import { describe, expect, it } from "vitest";
import { heldUpTo, massDeleteBrake } from "./brake";

describe("the mass-delete brake", () => {
  it.each([
    [{ known: 100, listed: 0, deletions: 100 }, "empty_answer"],
    [{ known: 5, listed: 0, deletions: 5 }, "empty_answer"],
    [{ known: 100, listed: 49, deletions: 51 }, "mass_deletion"],
    [{ known: 100, listed: null, deletions: 51 }, "mass_deletion"],
    [{ known: 100, listed: 100, deletions: 100 }, "mass_deletion"],
  ])("holds %j", (input, reason) => {
    expect(massDeleteBrake(input)).toMatchObject({ kind: "hold", reason });
  });

  it.each([
    { known: 0, listed: 0, deletions: 0 },
    { known: 100, listed: 0, deletions: 0 },
    { known: 4, listed: 0, deletions: 4 },
    { known: 100, listed: 50, deletions: 50 },
    { known: 19, listed: 1, deletions: 18 },
  ])("lets %j pass", (input) => expect(massDeleteBrake(input)).toEqual({ kind: "proceed" }));

  it("needs no exact count of a calendar that is large enough", () => {
    for (let deletions = 0; deletions <= 60; deletions += 1) {
      const most = heldUpTo(deletions);
      for (let known = deletions; known <= 200; known += 1) {
        const decide = (counted: number) => massDeleteBrake({ known: counted, listed: counted - deletions, deletions }).kind;
        expect([deletions, known, decide(Math.min(known, most + 1))]).toEqual([deletions, known, decide(known)]);
      }
    }
    expect([1, 4, 5, 10, 11].map((deletions) => heldUpTo(deletions))).toEqual([0, 0, 5, 10, 21]);
  });

  it("has its thresholds as data", () => {
    const strict = { emptyAnswerFrom: 1, shareFrom: 1, maxDeletedShare: 0 };
    expect(massDeleteBrake({ known: 2, listed: 1, deletions: 1 }, strict).kind).toBe("hold");
  });
});
