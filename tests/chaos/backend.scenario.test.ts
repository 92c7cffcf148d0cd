import { expect, it } from "vitest";
import { runStorm } from "./backend/storm";

it("a backend that is killed under load loses nothing, repeats nothing and forgets nothing", async () => {
  // `npm run chaos -- backend` does this a hundred times, with a seed of its own each.
  const { wrong, acknowledged } = await runStorm(4, 1, () => undefined);
  expect(wrong).toEqual([]);
  expect(acknowledged).toBeGreaterThan(20);
});
