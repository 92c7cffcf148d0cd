import { expect, it } from "vitest";
import { equalInConstantTime } from "./constant-time";

it.each([
  ["same", "same", true],
  ["same", "sama", false],
  ["same", "same longer", false],
  ["same longer", "same", false],
  ["", "", true],
  ["", "x", false],
  ["x", "", false],
  ["aa", "a", false],
])("compares %j with %j", (left, right, equal) => {
  expect(equalInConstantTime(left, right)).toBe(equal);
});
