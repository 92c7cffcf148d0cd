import { describe, expect, it } from "vitest";
import { openUntil } from "./breaker";

describe("the circuit breaker of an account", () => {
  it("opens with the fifth failure in a row, longer each time, for half an hour at most", () => {
    expect([1, 4, 5, 6, 7, 9, 10, 1_000].map((failures) => openUntil(failures, 0))).toEqual(
      [null, null, 1, 2, 4, 16, 30, 30].map((minutes) => (minutes === null ? null : minutes * 60_000)),
    );
  });
});
