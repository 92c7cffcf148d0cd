import { expect, it } from "vitest";
import { runSyncStorm, type SyncStormReport } from "./sync/storm";

const STORMS_MS = 300_000;

// `npm run chaos -- sync` does this fifty times and at full strength, with a seed of its own each.
it("unreliable notifications, failing calls and kills leave what is at Google", { timeout: STORMS_MS }, async () => {
  const storms: SyncStormReport[] = [];
  for (const seed of [1, 2, 3]) {
    const storm = await runSyncStorm(seed, { changes: 30, kills: 1 });
    expect(storm.wrong, `seed ${seed}`).toEqual([]);
    storms.push(storm);
  }
  // How many there are of each depends on how quickly we follow, so that a single storm may be spared.
  expect(storms.some(({ dropped }) => dropped > 0)).toBe(true);
  expect(storms.some(({ faulty }) => faulty > 0)).toBe(true);
});
