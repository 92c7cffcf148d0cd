import { join } from "node:path";
import { convexTest } from "convex-test";
import { open, type RootDatabase } from "lmdb";
import { nothing, page, paginated } from "./app/convex/items";
import schema from "./app/convex/schema";

/** The same app in convex-test, whose functions run in this process over tables in memory. */
export function startConvexTest() {
  return convexTest(schema, {
    "./_generated/api.js": () => Promise.resolve({}),
    "./items.ts": () => import("./app/convex/items"),
  });
}

/** What a document of the app holds, system fields and all. */
interface Item {
  _id: string;
  _creationTime: number;
  group: number;
  rank: number;
  title: string;
  startAt: number;
  done: boolean;
}

/**
 * The least that an indexed table takes: documents as JSON by id, and an index from rank to id, straight on LMDB in this
 * thread, with the same promise that what is committed is on disk.
 */
export class RawLmdb {
  private readonly db: RootDatabase<string, string>;

  constructor(folder: string) {
    this.db = open<string, string>({ path: join(folder, "raw.mdb"), noSubdir: true, encoding: "string", overlappingSync: false });
  }

  fill(from: number, count: number): void {
    this.db.transactionSync(() => {
      for (let rank = from; rank < from + count; rank++) {
        const item: Item = { _id: `d${String(rank).padStart(31, "0")}`, _creationTime: 1_700_000_000_000.5 + rank / 1024, group: 0, rank, title: `Item ${rank} of the list`, startAt: 1_700_000_000_000 + rank * 60_000, done: false };
        this.put(item);
      }
    });
  }

  /** Documents in the order of their ranks, as they are stored. */
  *rows(from: number, count: number): Iterable<string> {
    for (const { value: id } of this.db.getRange({ start: rankKey(from), end: "r~", limit: count })) yield this.db.get(id) ?? "null";
  }

  page(from: number, count: number): Item[] {
    return Array.from(this.rows(from, count), (json) => JSON.parse(json) as Item); // written by `put`
  }

  retitle(rank: number, title: string): void {
    this.db.transactionSync(() => {
      const id = this.db.get(rankKey(rank)) ?? "";
      this.db.putSync(id, JSON.stringify({ ...(JSON.parse(this.db.get(id) ?? "null") as Item), title }));
    });
  }

  close(): Promise<void> {
    return this.db.close();
  }

  private put(item: Item): void {
    this.db.putSync(item._id, JSON.stringify(item));
    this.db.putSync(rankKey(item.rank), item._id);
  }
}

/** How the `convex` package asks for documents. */
export type ReadShape = "take" | "paginate";

/** The arguments of a read of `count` documents in one of the two shapes. */
export function readArgs(shape: ReadShape, from: number, count: number): { from: number; paginationOpts?: { numItems: number; cursor: null } } {
  return shape === "take" ? { from } : { from, paginationOpts: { numItems: count, cursor: null } };
}

/**
 * The same query as the backend runs, in this thread, with the `convex` package taking its rows straight from LMDB: what any
 * backend that runs Convex functions in JavaScript pays before it has done anything itself.
 */
export async function readThroughConvex(raw: RawLmdb, shape: ReadShape, from: number, count: number): Promise<void> {
  const realm = globalThis as { Convex?: object };
  const before = realm.Convex;
  const rows = raw.rows(from, count)[Symbol.iterator]();
  realm.Convex = {
    syscall: () => '{"queryId":0}',
    asyncSyscall: (op: string) => {
      if (op === "1.0/queryPage") return `{"page":[${[...raw.rows(from, count)].join(",")}],"isDone":false,"continueCursor":"","splitCursor":null,"pageStatus":null}`;
      const row = rows.next();
      return row.done === true ? '{"value":null,"done":true}' : `{"value":${row.value},"done":false}`;
    },
  };
  try {
    await invoke(shape === "take" ? page : paginated, readArgs(shape, from, count));
  } finally {
    realm.Convex = before;
  }
}

/** A function that does nothing, run by the `convex` package in this thread. */
export async function doNothing(from: number): Promise<void> {
  await invoke(nothing, { from });
}

async function invoke(query: object, args: object): Promise<void> {
  // What `queryGeneric` makes has this method for the host; its type shows only what its author may use.
  const { invokeQuery } = query as { invokeQuery(args: string): Promise<string> };
  await invokeQuery(JSON.stringify([args]));
}

function rankKey(rank: number): string {
  return `r${String(rank).padStart(16, "0")}`;
}
