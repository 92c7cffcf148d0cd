import type { Backend } from "../../local/backend/backend";
import type { Measurement } from "../report";
import { quantile, rate, timeEach } from "../timing";
import { itemsFill, itemsRetitle } from "./functions";
import { startConvexTest, type RawLmdb } from "./peers";

const BATCH = 1_000;
const BATCHES = 20;
/** Far from what other measurements use. */
const FIRST_RANK = 10_000_000;
const GROUP = 50_000;

/** Inserts in batches and patches one by one; every commit is on disk before the next begins, but for convex-test, which has no disk. */
export async function measureWrites(backend: Backend, raw: RawLmdb): Promise<Measurement[]> {
  const inMemory = startConvexTest();
  const from = (batch: number): number => FIRST_RANK + batch * BATCH;
  const each = async (insert: (batch: number) => unknown): Promise<number> =>
    rate(BATCH * BATCHES, async () => {
      for (let batch = 0; batch < BATCHES; batch++) await insert(batch);
    });
  const title = (run: number): string => `Patched ${run}`;
  const ourInserts = await each((batch) => backend.call("Mutation", "items:fill", { from: from(batch), count: BATCH, group: GROUP + batch }));
  const ours = await timeEach(1000, (run) => backend.call("Mutation", "items:retitle", { group: GROUP, title: title(run) }));
  const rawInserts = await each((batch) => raw.fill(from(batch), BATCH));
  const lmdb = await timeEach(1000, (run) => raw.retitle(FIRST_RANK, title(run)));
  // Last, as it fills this process's heap.
  const testInserts = await each((batch) => inMemory.mutation(itemsFill, { from: from(batch), count: BATCH, group: GROUP + batch }));
  const test = await timeEach(10, (run) => inMemory.mutation(itemsRetitle, { group: GROUP, title: title(run) }));
  return [
    { name: `insert, ${BATCH} in a transaction`, unit: "documents/s", ours: ourInserts, peers: { LMDB: rawInserts, "convex-test": testInserts } },
    { name: "one patch, median", unit: "ms", ours: quantile(ours, 0.5), peers: { LMDB: quantile(lmdb, 0.5), "convex-test": quantile(test, 0.5) } },
    { name: "  p95", unit: "ms", ours: quantile(ours, 0.95), peers: { LMDB: quantile(lmdb, 0.95), "convex-test": quantile(test, 0.95) } },
  ];
}
