import { describe, expect, it } from "vitest";
import { seededRandom } from "../random";
import { fateOf, notificationFaults, RELIABLE } from "./notification-faults";

const MESSAGES = 2_000;
const fates = (faults: Partial<typeof RELIABLE>, seed = "a seed") => {
  const random = seededRandom(seed);
  return Array.from({ length: MESSAGES }, () => fateOf({ ...RELIABLE, ...faults }, random));
};
const shareOf = (some: readonly unknown[]) => some.length / MESSAGES;

describe("the fate of a notification", () => {
  it("is to go out once and at once, where nothing is unreliable", () => {
    expect(new Set(fates({}).map(String))).toEqual(new Set(["0"]));
  });

  it("is drawn in the shares that were asked for", () => {
    const drawn = fates({ drop: 0.1, duplicate: 0.1, reorder: 0.2 });
    expect(shareOf(drawn.filter((copies) => copies.length === 0))).toBeCloseTo(0.1, 1);
    expect(shareOf(drawn.filter((copies) => copies.length === 2))).toBeCloseTo(0.09, 1);
    expect(shareOf(drawn.filter(([first = 0]) => first > 100))).toBeCloseTo(0.18, 1);
  });

  it("is the same for the same seed, and another for another", () => {
    const faults = { drop: 0.3, duplicate: 0.3, reorder: 0.3, delayMs: [5, 50] as [number, number] };
    expect(fates(faults)).toEqual(fates(faults));
    expect(fates(faults)).not.toEqual(fates(faults, "another"));
  });

  it("keeps within the delays", () => {
    for (const [delay = 0] of fates({ delayMs: [20, 40] })) expect(delay >= 20 && delay <= 40).toBe(true);
    expect(notificationFaults.safeParse({ ...RELIABLE, delayMs: [40, 20] }).success).toBe(false);
    expect(notificationFaults.safeParse({ ...RELIABLE, drop: 1.5 }).success).toBe(false);
  });
});
