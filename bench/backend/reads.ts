import type { Backend } from "../../local/backend/backend";
import type { Measurement } from "../report";
import { quantile, timeEach } from "../timing";
import { itemsFill, itemsPage, itemsPaginated } from "./functions";
import { readArgs, readThroughConvex, startConvexTest, type RawLmdb, type ReadShape } from "./peers";

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
    for (const shape of ["take", "paginate"] as const) measurements.push(...(await measureShape(backend, raw, inMemory, shape, size)));
  }
  return [...measurements, ...(await measureBesideWrites(backend, filled))];
}

/**
 * Reads fifty documents in one of the shapes in which the `convex` package asks for them. Raw LMDB has no shapes: it decodes the
 * same documents, with the same fields, each time.
 */
async function measureShape(backend: Backend, raw: RawLmdb, inMemory: ReturnType<typeof startConvexTest>, shape: ReadShape, size: number): Promise<Measurement[]> {
  const from = (run: number): number => (run * 7919) % (size - PAGE);
  const path = shape === "take" ? "items:page" : "items:paginated";
  const ours = await timeEach(1000, (run) => backend.call("Query", path, readArgs(shape, from(run), PAGE)));
  const lmdb = await timeEach(1000, (run) => raw.page(from(run), PAGE));
  const floor = await timeEach(1000, (run) => readThroughConvex(raw, shape, from(run), PAGE));
  const both = (share: number): Record<string, number> => ({ LMDB: quantile(lmdb, share), "convex package on LMDB": quantile(floor, share) });
  const peers = both(0.5);
  if (size <= CONVEX_TEST_MOST) {
    const inTest = (run: number): Promise<unknown> =>
      shape === "take" ? inMemory.query(itemsPage, { from: from(run) }) : inMemory.query(itemsPaginated, { from: from(run), paginationOpts: { numItems: PAGE, cursor: null } });
    peers["convex-test"] = quantile(await timeEach(10, inTest), 0.5);
  }
  return [
    { name: `read 50 by index among ${size.toLocaleString("en")} with .${shape}(), median`, unit: "ms", ours: quantile(ours, 0.5), peers },
    { name: "  p95", unit: "ms", ours: quantile(ours, 0.95), peers: both(0.95) },
  ];
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
    { name: `read 50 with .take() while ${BATCH} at a time are inserted, median`, unit: "ms", ours: quantile(times, 0.5), peers: {} },
    { name: "  p95", unit: "ms", ours: quantile(times, 0.95), peers: {} },
  ];
}
