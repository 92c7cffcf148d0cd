import type { Backend } from "../../local/backend/backend";
import type { Measurement } from "../report";
import { quantile, timeEach } from "../timing";
import { itemsPage, itemsFill } from "./functions";
import { pageThroughConvex, startConvexTest, type RawLmdb } from "./peers";

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** convex-test holds everything in memory and scans it. */
const CONVEX_TEST_MOST = 100_000;
const BATCH = 1_000;
const PAGE = 50;

/** The same fifty documents of an index, among more and more of them. Fills the stores as it goes. */
export async function measureReads(backend: Backend, raw: RawLmdb, note: (line: string) => void): Promise<Measurement[]> {
  const inMemory = startConvexTest();
  const measurements: Measurement[] = [];
  let filled = 0;
  for (const size of SIZES) {
    note(`${size.toLocaleString("en")} documents`);
    for (; filled < size; filled += BATCH) {
      const batch = { from: filled, count: BATCH, group: Math.floor(filled / BATCH) };
      await backend.call("Mutation", "items:fill", batch);
      raw.fill(filled, BATCH);
      if (size <= CONVEX_TEST_MOST) await inMemory.mutation(itemsFill, batch);
    }
    const from = (run: number): number => (run * 7919) % (size - PAGE);
    const ours = await timeEach(1000, (run) => backend.call("Query", "items:page", { from: from(run) }));
    const lmdb = await timeEach(1000, (run) => raw.page(from(run), PAGE));
    const floor = await timeEach(1000, (run) => pageThroughConvex(raw, from(run), PAGE));
    const peers: Record<string, number> = { LMDB: quantile(lmdb, 0.5), "convex package on LMDB": quantile(floor, 0.5) };
    if (size <= CONVEX_TEST_MOST) peers["convex-test"] = quantile(await timeEach(10, (run) => inMemory.query(itemsPage, { from: from(run) })), 0.5);
    measurements.push({ name: `read 50 by index among ${size.toLocaleString("en")}, median`, unit: "ms", ours: quantile(ours, 0.5), peers });
    measurements.push({ name: `  p95`, unit: "ms", ours: quantile(ours, 0.95), peers: { LMDB: quantile(lmdb, 0.95), "convex package on LMDB": quantile(floor, 0.95) } });
  }
  return [...measurements, ...(await measureBesideWrites(backend, filled))];
}

/** The same read while documents are inserted a thousand at a time: queries do not wait for mutations. */
async function measureBesideWrites(backend: Backend, filled: number): Promise<Measurement[]> {
  let writing = true;
  const writer = (async () => {
    for (let from = filled; writing; from += BATCH) await backend.call("Mutation", "items:fill", { from, count: BATCH, group: Math.floor(from / BATCH) });
  })();
  const times = await timeEach(300, (run) => backend.call("Query", "items:page", { from: (run * 7919) % (filled - PAGE) }));
  writing = false;
  await writer;
  return [
    { name: `read 50 while ${BATCH} at a time are inserted, median`, unit: "ms", ours: quantile(times, 0.5), peers: {} },
    { name: "  p95", unit: "ms", ours: quantile(times, 0.95), peers: {} },
  ];
}
