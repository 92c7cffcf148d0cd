import type { Backend } from "../../local/backend/backend";
import type { Store } from "../../local/backend/store/store";
import { StoreViews } from "../../local/backend/store/store-views";
import { scan } from "../../local/backend/tables/table-query";
import { asDocument, Transaction } from "../../local/backend/tables/transaction";
import type { Measurement } from "../report";
import { quantile, timeEach } from "../timing";
import { itemsFill, itemsPage, itemsPaginated } from "./functions";
import { doNothing, readArgs, readThroughConvex, startConvexTest, type RawLmdb, type ReadShape } from "./peers";

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** convex-test holds everything in memory and scans it. */
const CONVEX_TEST_MOST = 100_000;
const BATCH = 1_000;
const PAGE = 50;
const RUNS = 1000;

const SHAPES: readonly ReadShape[] = ["take", "paginate"];

/** The same fifty documents of an index, among more and more of them. Fills the stores as it goes. */
export async function measureReads(backend: Backend, store: Store, raw: RawLmdb, note: (line: string) => void): Promise<Measurement[]> {
  const reads: { size: number; shape: ReadShape | ""; measurements: Measurement[] }[] = [];
  let filled = 0;
  for (const size of SIZES) {
    note(`${size.toLocaleString("en")} documents`);
    for (; filled < size; filled += BATCH) {
      await backend.call("Mutation", "items:fill", batchFrom(filled));
      raw.fill(filled, BATCH);
    }
    for (const shape of SHAPES) reads.push({ size, shape, measurements: await measureShape(backend, raw, shape, size) });
    reads.push({ size, shape: "", measurements: await measureRows(store, raw, size) });
  }
  const hop = await measureHop(backend);
  const besideWrites = await measureBesideWrites(backend, filled);
  // Last: what it holds would have the collector of this process at work beside the others.
  const inTest = await timeConvexTest(note);
  for (const { size, shape, measurements } of reads) {
    const time = inTest.get(`${shape} ${size}`);
    if (time !== undefined) Object.assign(measurements[0]?.peers ?? {}, { "convex-test": time });
  }
  return [...reads.flatMap(({ measurements }) => measurements), ...besideWrites, hop];
}

/**
 * Reads fifty documents in one of the shapes in which the `convex` package asks for them: the median and the 95th percentile. Raw
 * LMDB has no shapes: it decodes the same documents, with the same fields, each time.
 */
async function measureShape(backend: Backend, raw: RawLmdb, shape: ReadShape, size: number): Promise<Measurement[]> {
  const path = shape === "take" ? "items:page" : "items:paginated";
  const from = startOf(size);
  const ours = await timeEach(RUNS, (run) => backend.call("Query", path, readArgs(shape, from(run), PAGE)));
  const lmdb = await timeEach(RUNS, (run) => raw.page(from(run), PAGE));
  const floor = await timeEach(RUNS, (run) => readThroughConvex(raw, shape, from(run), PAGE));
  const at = (share: number): Pick<Measurement, "unit" | "ours" | "peers"> => ({
    unit: "ms",
    ours: quantile(ours, share),
    peers: { LMDB: quantile(lmdb, share), "convex package on LMDB": quantile(floor, share) },
  });
  return [
    { name: `read 50 by index among ${size.toLocaleString("en")} with .${shape}(), median`, ...at(0.5) },
    { name: "  p95", ...at(0.95) },
  ];
}

/** The same rows without a function: a snapshot, the query planned and run, what it reads put on record, and each document decoded. */
async function measureRows(store: Store, raw: RawLmdb, size: number): Promise<Measurement[]> {
  const views = new StoreViews(store);
  const from = startOf(size);
  const ours = await timeEach(RUNS, (run) => {
    const view = views.take(false);
    const transaction = new Transaction(view.snapshot, view.catalog, 0);
    const rows = scan(transaction, {
      source: { type: "IndexRange", indexName: "items.by_rank", range: [{ type: "Gte", fieldPath: "rank", value: from(run) }], order: null },
      operators: [{ limit: PAGE }],
    });
    for (let row = rows.next(); row !== null; row = rows.next()) asDocument(row.json);
    views.giveBack(view, transaction.outcome());
  });
  const lmdb = await timeEach(RUNS, (run) => raw.page(from(run), PAGE));
  return [{ name: "  without a function, median", unit: "ms", ours: quantile(ours, 0.5), peers: { LMDB: quantile(lmdb, 0.5) } }];
}

/** What it takes to have a function run in another thread: there is nothing else to it. */
async function measureHop(backend: Backend): Promise<Measurement> {
  const ours = await timeEach(RUNS, (run) => backend.call("Query", "items:nothing", { from: run }));
  const here = await timeEach(RUNS, doNothing);
  return { name: "call of a function that does nothing, median", unit: "ms", ours: quantile(ours, 0.5), peers: { "convex package on LMDB": quantile(here, 0.5) } };
}

/** Medians of the same reads on convex-test, in milliseconds, by shape and size. */
async function timeConvexTest(note: (line: string) => void): Promise<Map<string, number>> {
  const inMemory = startConvexTest();
  const medians = new Map<string, number>();
  let filled = 0;
  for (const size of SIZES.filter((size) => size <= CONVEX_TEST_MOST)) {
    note(`${size.toLocaleString("en")} documents in convex-test`);
    for (; filled < size; filled += BATCH) await inMemory.mutation(itemsFill, batchFrom(filled));
    const from = startOf(size);
    const calls = {
      take: (run: number) => inMemory.query(itemsPage, { from: from(run) }),
      paginate: (run: number) => inMemory.query(itemsPaginated, { from: from(run), paginationOpts: { numItems: PAGE, cursor: null } }),
    };
    for (const shape of SHAPES) medians.set(`${shape} ${size}`, quantile(await timeEach(10, calls[shape]), 0.5));
  }
  return medians;
}

/** Where each run reads: all over the documents there are. */
function startOf(size: number): (run: number) => number {
  return (run) => (run * 7919) % (size - PAGE);
}

function batchFrom(from: number): { from: number; count: number; group: number } {
  return { from, count: BATCH, group: Math.floor(from / BATCH) };
}

/** The same read while documents are inserted a thousand at a time: queries do not wait for mutations. */
async function measureBesideWrites(backend: Backend, filled: number): Promise<Measurement[]> {
  let writing = true;
  const writer = (async () => {
    for (let from = filled; writing; from += BATCH) await backend.call("Mutation", "items:fill", batchFrom(from));
  })();
  const times = await timeEach(300, (run) => backend.call("Query", "items:page", { from: startOf(filled)(run) }));
  writing = false;
  await writer;
  return [
    { name: `read 50 with .take() while ${BATCH} at a time are inserted, median`, unit: "ms", ours: quantile(times, 0.5), peers: {} },
    { name: "  p95", unit: "ms", ours: quantile(times, 0.95), peers: {} },
  ];
}
