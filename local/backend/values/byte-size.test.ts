import { expect, it } from "vitest";
import { formatBytes } from "./byte-size";

it("formatBytes gives two decimals of the largest unit that fits, and none that say nothing", () => {
  expect([0, 101, 1024, 1_100_000, 1024 ** 2, 16 * 1024 ** 2, 3 * 1024 ** 4].map(formatBytes)).toEqual(["0 B", "101 B", "1 KiB", "1.05 MiB", "1 MiB", "16 MiB", "3072 GiB"]);
});
