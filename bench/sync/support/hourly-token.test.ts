import { describe, expect, it } from "vitest";
import { refreshesFor } from "./hourly-token";

const minutes = (...values: number[]) => values.map((value) => value * 60_000);

describe("refreshesFor", () => {
  it("needs one for calls that are close together, and another when the token has less than nine minutes left", () => {
    expect(refreshesFor([])).toBe(0);
    expect(refreshesFor(minutes(0, 10, 50))).toBe(1);
    expect(refreshesFor(minutes(0, 10, 52))).toBe(2);
    expect(refreshesFor(minutes(0, 52, 100, 104))).toBe(3);
  });
});
