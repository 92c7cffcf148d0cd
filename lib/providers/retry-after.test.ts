import { describe, expect, it } from "vitest";
import { readRetryAfter } from "./retry-after";

describe("Retry-After", () => {
  it.each([["90", 90_000], ["Thu, 01 Jan 1970 00:00:30 GMT", 20_000], ["Thu, 01 Jan 1970 00:00:00 GMT", 0], ["soon", null], [null, null]])(
    "%s at second 10 is %s ms",
    (value, expected) => expect(readRetryAfter(value, 10_000)).toBe(expected),
  );
});
