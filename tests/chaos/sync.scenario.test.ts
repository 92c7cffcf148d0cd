import { expect, it } from "vitest";
import { runSyncStorm } from "./sync/storm";

// `npm run chaos -- sync` does this fifty times and at full strength, with a seed of its own each.
it.each([1, 2, 3])("unreliable notifications, failing calls and kills leave what is at Google, seed %i", async (seed) => {
  const { wrong, dropped, faulty } = await runSyncStorm(seed, { changes: 30, kills: 1 });
  expect(wrong).toEqual([]);
  expect(dropped).toBeGreaterThan(0);
  expect(faulty).toBeGreaterThan(0);
});
