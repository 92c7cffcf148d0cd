import { expect, it } from "vitest";
import { durationLabel, shareLabel } from "./duration";

it("durations have as many digits as they deserve", () => {
  expect([0, 180, 640, 9_940, 12_400, 59_400, 60_000, 242_000, 3_900_000 * 3].map(durationLabel)).toEqual([
    "0 ms",
    "180 ms",
    "640 ms",
    "9.9 s",
    "12 s",
    "59 s",
    "1 min",
    "4 min 02 s",
    "3 h 15 min",
  ]);
});

it("shares, too", () => {
  expect([0, 0.0042, 0.056, 0.12, 1].map(shareLabel)).toEqual(["0 %", "0.42 %", "5.6 %", "12 %", "100 %"]);
});
