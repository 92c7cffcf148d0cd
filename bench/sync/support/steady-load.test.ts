import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { steadyLoad } from "./steady-load";

describe("steadyLoad", () => {
  it("makes every request, whatever comes of it, and does not wait for answers in between", async () => {
    let [atOnce, most] = [0, 0];
    const { tookMs, outcomes } = await steadyLoad(500, 0.1, async (index) => {
      most = Math.max(most, (atOnce += 1));
      await sleep(30);
      atOnce -= 1;
      if (index % 2 === 0) throw new Error("refused");
      return "200";
    });
    expect(tookMs).toHaveLength(50);
    expect(Object.fromEntries(outcomes)).toEqual({ refused: 25, "200": 25 });
    expect(most).toBeGreaterThan(1);
  });
});
